// The lines of a PyTorch program that read a picture as we do, with Pillow.
import type { PictureReading } from '../run/provided.ts'
import type { Shape } from '../tensor/tensor.ts'
import { pythonString } from './python.ts'

/**
 * Lines that make `x` of (1, C, H, W) from the picture.
 * @param shape that of x
 */
export function readPicture(
  source: string,
  { mode, turned, resized, normalised }: PictureReading,
  [, channels, rows, columns]: Shape,
): string {
  const file = `Image.open(${pythonString(source)})`
  const image = turned ? `ImageOps.exif_transpose(${file})` : file
  const lines = [
    ...pixelsOf(image, mode),
    ...(mode === 'RGBA' && channels !== 4
      ? ['pixels = 1 - pixels[..., 3:] + pixels[..., 3:] * pixels[..., :3]  # seen on white']
      : []),
    ...(mode.startsWith('RGB') && channels === 1
      ? ['pixels = (pixels @ [0.299, 0.587, 0.114])[..., None]  # brightness']
      : []),
    ...(mode === 'I;16' && channels === 3 ? ['pixels = pixels.repeat(3, axis=2)'] : []),
    "x = torch.from_numpy(pixels.transpose(2, 0, 1).astype('float32', order='C'))[None]",
    ...(resized
      ? [`x = F.interpolate(x, (${rows}, ${columns}), mode='bilinear', antialias=True)`]
      : []),
    ...(normalised
      ? [`x = (x - ${perChannel(normalised.mean)}) / ${perChannel(normalised.std)}`]
      : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Lines that make `pixels` of (H, W, samples) in 0..1. */
function pixelsOf(image: string, mode: PictureReading['mode']): string[] {
  if (mode === 'I;16') return [`pixels = numpy.asarray(${image})[..., None] / 65535`]
  const axis = mode === 'L' ? '[..., None]' : ''
  return [`pixels = numpy.asarray(${image}.convert('${mode}'))${axis} / 255`]
}

function perChannel(values: readonly number[]): string {
  return `torch.tensor([${values.join(', ')}]).view(${values.length}, 1, 1)`
}
