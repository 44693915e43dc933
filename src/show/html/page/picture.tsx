// The picture of a step, by how it is best seen.
import type { Step } from '../../../trace/trace.ts'
import { viewOf } from '../../explain/view-of.ts'
import { Bars } from './bars.tsx'
import { Gallery } from './gallery.tsx'
import { Experts, FixedKernel, MixtureView } from './kernels.tsx'
import { useScene } from './scene.ts'

export function Picture({ step }: { step: Step }) {
  const view = viewOf(useScene().variant.trace, step)
  switch (view.kind) {
    case 'weights':
    case 'vector':
      return <Bars step={step} />
    case 'experts':
      return <Experts experts={view.experts} />
    case 'kernel':
      return <FixedKernel step={step} />
    case 'mixture':
      return <MixtureView step={step} />
    case 'maps':
      return <Gallery step={step} part={view.made ? 'out' : 'in'} />
    default:
      return view satisfies never
  }
}
