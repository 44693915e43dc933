// A map of values as a picture: a pixel a value, coloured around zero.
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Tensor } from '../../../tensor/tensor.ts'
import { paint, paletteFor } from './colors.ts'
import { whenIdle } from './idle.ts'
import { useScene } from './scene.ts'

/** Cells in a picture, to be outlined. */
export interface Mark {
  readonly row: number
  readonly column: number
}

interface MapProps {
  /** (rows, columns) */
  readonly map: Tensor
  /** values of this size and more have the strongest colours */
  readonly bound: number
  /** for those who do not see it */
  readonly label: string
  readonly children?: ComponentChildren
}

export function HeatMap({ map, bound, label, children }: MapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { dark } = useScene()
  const [rows, columns] = map.shape as [number, number]
  useLayoutEffect(() => {
    if (canvas.current) draw(canvas.current, map, bound, dark)
  }, [map, bound, dark])
  return (
    <div class="map" style={{ aspectRatio: `${columns} / ${rows}` }}>
      <canvas ref={canvas} width={columns} height={rows} role="img" aria-label={label} />
      {children}
    </div>
  )
}

/** Outlines around cells of a picture of that many rows and columns. */
export function Marks({
  marks,
  rows,
  columns,
}: {
  marks: readonly Mark[]
  rows: number
  columns: number
}) {
  return (
    <svg class="marks" viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden>
      {marks.map(({ row, column }) => (
        <rect key={`${row},${column}`} x={column} y={row} width={1} height={1} />
      ))}
    </svg>
  )
}

/** A small picture of a map that is computed when there is time. */
export function Thumb({
  read,
  shape,
  bound,
}: {
  read(): Tensor
  shape: readonly [rows: number, columns: number]
  bound: number
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [map, setMap] = useState<Tensor>()
  const { dark } = useScene()
  useLayoutEffect(() => whenIdle(() => setMap(read())), [read])
  useLayoutEffect(() => {
    if (canvas.current && map) draw(canvas.current, map, bound, dark)
  }, [map, bound, dark])
  return <canvas class="thumb" ref={canvas} width={shape[1]} height={shape[0]} aria-hidden />
}

function draw(canvas: HTMLCanvasElement, { data, shape }: Tensor, bound: number, dark: boolean) {
  const [rows, columns] = shape as [number, number]
  const context = canvas.getContext('2d')
  if (context === null) return
  const image = context.createImageData(columns, rows)
  paint(image.data, data, bound, paletteFor(dark))
  context.putImageData(image, 0, 0)
}
