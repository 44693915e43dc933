// The page's program: runs the layer again, from what the page carries, and shows it.
import { render } from 'preact'
import { type LayerName, layers } from '../../../layers/index.ts'
import type { Layer } from '../../../layers/layer.ts'
import { planRun } from '../../../run/plan.ts'
import { tracePlan } from '../../../run/run.ts'
import { asFarAsPossible, useEngine } from '../../../tensor/engine/index.ts'
import { decodePayload, PAYLOAD } from '../payload.ts'
import { App } from './app.tsx'

async function main(): Promise<void> {
  const json = document.getElementById(PAYLOAD)?.textContent ?? ''
  const { given, provided, engine, claims, language, ...payload } = decodePayload(json)
  const layer: Layer = layers[payload.layer as LayerName]
  const plan = planRun(layer, given, provided)
  useEngine(asFarAsPossible(engine)) // a browser may have less of it than what computed the run
  const trace = tracePlan(layer, plan)
  const explanations = await layer.explain()
  render(
    <App lecture={{ trace, explanations, claims }} summary={layer.summary} language={language} />,
    document.getElementById('page') as HTMLElement,
  )
}

main()
