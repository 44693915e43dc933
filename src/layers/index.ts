// The registry of layers, in the order they are taught. A new layer is a folder and a line here.
import { condconvLayer } from './condconv/layer.ts'
import { dynamicLayer } from './dynamic/layer.ts'
import type { Layer } from './layer.ts'
import { odconvLayer } from './odconv/layer.ts'
import { staticLayer } from './static/layer.ts'

const registered = {
  static: staticLayer,
  dynamic: dynamicLayer,
  condconv: condconvLayer,
  odconv: odconvLayer,
}

export type LayerName = keyof typeof registered

export const layers: { readonly [Name in LayerName]: Layer } = registered

/** What networks are made of, and the other layers are measured against. */
export const ordinary: LayerName = 'static'

/** The options of the layer of that name. */
export type OptionsOf<Name extends LayerName> = (typeof registered)[Name]['options']
