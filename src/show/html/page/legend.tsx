// What the colours of a picture stand for: zero in the middle.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { decimal } from '../../../base/format.ts'
import { paletteFor } from './colors.ts'
import { useScene } from './scene.ts'

export function Legend({ bound }: { bound: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { dark } = useScene()
  const palette = paletteFor(dark)
  const shades = palette.length / 4
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(shades, 1)
    image.data.set(palette)
    context.putImageData(image, 0, 0)
  }, [palette, shades])
  return (
    <div class="legend">
      <span>−{decimal(bound, 2)}</span>
      <span class="scale">
        <canvas ref={canvas} width={shades} height={1} aria-hidden />
        <span class="zero">0</span>
      </span>
      <span>{decimal(bound, 2)}</span>
    </div>
  )
}
