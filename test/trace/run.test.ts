// A run asks its layer once.
import { expect, test, vi } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { partsOf } from '../../src/run/expected.ts'
import { planRun } from '../../src/run/plan.ts'
import { tracePlan } from '../../src/run/run.ts'

test.each(Object.values(layers))(
  '$name says its parameters once a run, to the plan',
  (registered) => {
    const parameters = vi.fn(registered.parameters)
    const layer = { ...registered, parameters } as typeof registered
    const plan = planRun(layer as never, {})
    partsOf(plan)
    const trace = tracePlan(layer as never, plan as never)
    expect(trace.parameters.map(({ name, shape }) => ({ name, shape }))).toEqual(
      plan.declared.parameters.map(({ name, shape }) => ({ name, shape })),
    )
    expect(parameters).toHaveBeenCalledTimes(1)
  },
)
