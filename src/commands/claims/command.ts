// convlab claims: what is said of dynamic convolution, and whether it holds.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { unknownName } from '../../base/unknown.ts'
import { type Session, styleFor } from '../../cli/common.ts'
import { isLong } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'

const words = {
  summary: {
    en: 'what is said of dynamic convolution, each put to the test',
    zh: '关于动态卷积的各种说法，逐条检验',
  },
  name: { en: 'the claim to test; without it, all of them', zh: '要检验的说法；不写则全部检验' },
  json: { en: 'as JSON, with every interval', zh: '以 JSON 输出，含所有区间' },
  testing: { en: 'Testing the claims', zh: '检验各种说法' },
} satisfies Record<string, Text>

/** Milliseconds that a claim's test takes, about. */
const PER_CLAIM = 20

export function addClaimsCommand(program: Command, session: Session): Command {
  const { language } = session
  const command = program
    .command('claims')
    .description(words.summary[language])
    .argument('[name]', words.name[language])
    .option('--json', words.json[language])
  return command.action(async (name: string | undefined, { json }: { json?: boolean }) => {
    const { io } = session
    const { claims, judge } = await import('../../claims/index.ts')
    const asked = claims.filter((claim) => name === undefined || claim.name === name)
    if (name !== undefined && asked.length === 0)
      throw unknownName(
        { en: 'claim', zh: '说法' },
        name,
        claims.map((each) => each.name),
      )
    const cost = asked.length * PER_CLAIM
    if (isLong(cost, io)) return session.exit(await offloadCommand(command, session))
    const report = io.announce?.(cost)
    const judged = asked.map((claim) => {
      report?.({ title: words.testing, cost: PER_CLAIM })
      return judge(claim)
    })
    if (json) {
      const { renderClaimsJson } = await import('./json.ts')
      await print(io.stdout, [renderClaimsJson(judged, { version: io.version, language })])
      return
    }
    const { renderClaims } = await import('./page.ts')
    await print(io.stdout, [renderClaims(judged, await styleFor(command, session, io.stdout))])
  })
}
