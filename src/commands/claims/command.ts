// convlab claims: what is said of dynamic convolution, and whether it holds.
import type { Command } from 'commander'
import type { Text } from '../../base/text.ts'
import { unknownName } from '../../base/unknown.ts'
import { claims, judge } from '../../claims/index.ts'
import { suggest } from '../../cli/flags.ts'
import type { Announcing, Printing, Session, Threads } from '../../cli/io.ts'
import { isLong } from '../../cli/layer-runs.ts'
import { offloadCommand } from '../../cli/offload.ts'
import { print } from '../../cli/print.ts'
import { styleFor } from '../../cli/style.ts'
import { renderClaimsJson } from './json.ts'
import { renderClaims } from './page.ts'

const words = {
  name: { en: 'the claim to test; without it, all of them', zh: '要检验的说法；不写则全部检验' },
  json: { en: 'as JSON, with every interval', zh: '以 JSON 输出，含所有区间' },
  testing: { en: 'Testing the claims', zh: '检验各种说法' },
} satisfies Record<string, Text>

/** Milliseconds that a claim's test takes, about. */
const PER_CLAIM = 20

const names = claims.map(({ name }) => name)

export function define(command: Command, session: Session): void {
  const { language } = session
  command.argument('[name]', words.name[language]).option('--json', words.json[language])
  suggest(command, () => names)
  command.action(async (name: string | undefined, { json }: { json?: boolean }) =>
    session.exit(await act(claimsNamed(name), json === true, session)),
  )
}

/** The claim of that name, or all of them. */
function claimsNamed(name: string | undefined) {
  const asked = claims.filter((claim) => name === undefined || claim.name === name)
  if (name === undefined || asked.length > 0) return asked
  throw unknownName({ en: 'claim', zh: '说法' }, name, names)
}

async function act(
  asked: typeof claims,
  json: boolean,
  session: Session<Printing & Threads & Announcing>,
): Promise<number> {
  const { io, language } = session
  const cost = asked.length * PER_CLAIM
  if (isLong(cost, io)) return offloadCommand(session)
  const report = io.announce?.(cost)
  const judged = asked.map((claim) => {
    report?.({ title: words.testing, cost: PER_CLAIM })
    return judge(claim)
  })
  const page = json
    ? renderClaimsJson(judged, { version: io.version, language })
    : renderClaims(judged, await styleFor(session, io.stdout))
  await print(io.stdout, [page])
  return 0
}
