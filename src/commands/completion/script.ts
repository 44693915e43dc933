// The script that makes Tab complete commands, flags and their values. It comes from @bomb.sh/tab, and
// asks `convlab complete -- WORDS` what could stand next.
import { RootCommand } from '@bomb.sh/tab'
import type { Output } from '../../cli/settings.ts'

/** The shells whose Tab key can be taught convlab's words. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/**
 * Around the script for bash. It makes constants, so it must not be read twice; and it reads the
 * words through a function of the bash-completion package, which is not everywhere.
 */
const beforeBash = `\
if ! declare -F __convlab_complete > /dev/null; then
declare -F _get_comp_words_by_ref > /dev/null || _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
}
`
const behindBash = 'fi\n'

/** Prints the script for that shell, on the program's own output. */
export function printScript(shell: Shell, output: Output): void {
  if (shell === 'bash') output.write(beforeBash)
  new RootCommand().setup('convlab', 'convlab', shell)
  if (shell === 'bash') output.write(behindBash)
}
