// The commands besides the layers, in the order of the help.
import type { Command } from 'commander'
import type { Session } from '../cli/common.ts'
import { addBenchCommand } from '../commands/bench/command.ts'
import { addClaimsCommand } from '../commands/claims/command.ts'
import { addCompareCommand } from '../commands/compare/command.ts'
import { addCompleteCommand, addCompletionCommand } from '../commands/completion/command.ts'
import { addCountCommand } from '../commands/count/command.ts'
import { addExperimentCommand } from '../commands/experiment/command.ts'
import { addExplainCommand, addExplainedLayers } from '../commands/explain/command.ts'
import { addLessonCommand } from '../commands/lesson/command.ts'
import type { RunCli } from '../commands/lesson/study/study.ts'
import { addMistakesCommand } from '../commands/mistakes/command.ts'
import { addSweepCommand } from '../commands/sweep/command.ts'

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
