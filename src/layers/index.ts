// The registry of layers, in the order they are taught. A new layer is a folder and a line here.

import type { Given } from '../trace/plan.ts'
import { condconvLayer } from './condconv/layer.ts'
import { dynamicLayer } from './dynamic/layer.ts'
import { odconvLayer } from './odconv/layer.ts'
import { staticLayer } from './static/layer.ts'

export const layers = {
  static: staticLayer,
  dynamic: dynamicLayer,
  condconv: condconvLayer,
  odconv: odconvLayer,
}

export type LayerName = keyof typeof layers

/** What may be given for a run of the layer of that name. */
export type LayerGiven<Name extends LayerName> = Given<(typeof layers)[Name]['options']>
