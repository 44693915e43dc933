// The commands besides the layers, in the order of the help.
import type { Command } from 'commander'
import { addBenchCommand } from './bench-command.ts'
import { addClaimsCommand } from './claims-command.ts'
import type { Session } from './common.ts'
import { addCompareCommand } from './compare-command.ts'
import { addCompleteCommand, addCompletionCommand } from './completion-command.ts'
import { addCountCommand } from './count-command.ts'
import { addExperimentCommand } from './experiment-command.ts'
import { addExplainCommand, addExplainedLayers } from './explain-command.ts'
import type { RunCli } from './lesson/study.ts'
import { addLessonCommand } from './lesson-command.ts'
import { addMistakesCommand } from './mistakes-command.ts'
import { addSweepCommand } from './sweep-command.ts'

/** Adds them to the program and returns them. */
export function addCommands(program: Command, session: Session, runCli: RunCli): Command[] {
  const explain = addExplainCommand(program, session)
  if (session.args.includes(explain.name())) addExplainedLayers(explain, session) // flags take time to add
  return [
    explain,
    addCompareCommand(program, session),
    addSweepCommand(program, session),
    addMistakesCommand(program, session),
    addCountCommand(program, session),
    addExperimentCommand(program, session),
    addBenchCommand(program, session),
    addClaimsCommand(program, session),
    addCompletionCommand(program, session),
    addCompleteCommand(program),
    addLessonCommand(program, session, runCli),
  ]
}
