// The claims as JSON, schema 1:
//
//   schema   1
//   convlab  the program's version
//   claims   name, topic, says (the only field that follows the language), source ({ kind: "article",
//            quote }, "paper" with title and at, "thread" with repository, number and kind of thread,
//            "code"), command (runs the test again), findings (one, or one a question), and, where
//            training gave them, recorded: { command, convlab, date, seeds } of that time.
//            A finding is { verdict } with { figure } in words, or with { question, a, b, test, unit
//            (pp or R2), perSeed, n, mean, halfWidth, margin, seedsNeeded (where unclear) }
//
// Differences are never rounded.
import type { Language } from '../../base/text.ts'
import type { Answer, ClaimSource, Measurement } from '../../claims/claim.ts'
import type { JudgedClaim } from '../../claims/index.ts'
import { wordsOf } from '../../show/style.ts'

export function renderClaimsJson(
  judged: readonly JudgedClaim[],
  { version, language }: { readonly version: string; readonly language: Language },
): string {
  const claims = judged.map(({ name, topic, says, source, command, findings, recorded }) => ({
    name,
    topic,
    says: says[language],
    source: sourceJson(source),
    command: `convlab ${command}`,
    findings: findings.map((finding) => findingJson(finding, language)),
    ...(recorded && {
      recorded: {
        command: `convlab ${recorded.command}`,
        convlab: recorded.convlab,
        date: recorded.date,
        seeds: recorded.seeds,
      },
    }),
  }))
  return `${JSON.stringify({ schema: 1, convlab: version, claims }, null, 2)}\n`
}

function sourceJson(source: ClaimSource): object {
  switch (source.kind) {
    case 'paper':
      return { kind: source.kind, title: source.paper.title, at: source.paper.at }
    case 'thread': {
      const { repository, number, kind } = source.thread
      return { kind: source.kind, repository, number, thread: kind }
    }
    case 'article':
    case 'code':
      return source
    default:
      return source satisfies never
  }
}

function findingJson({ verdict, words, answer }: Measurement, language: Language): object {
  return {
    verdict,
    ...(words && { figure: wordsOf(words[language]) }),
    ...(answer && answerJson(answer)),
  }
}

function answerJson({ id, a, b, test, metric, difference }: Answer): object {
  const scale = metric === 'accuracy' ? 100 : 1
  const { perSeed, n, mean, halfWidth, margin, seedsNeeded } = difference
  return {
    question: id,
    a,
    b,
    test,
    unit: metric === 'accuracy' ? 'pp' : 'R2',
    perSeed: perSeed.map((value) => scale * value),
    n,
    mean: scale * mean,
    ...(halfWidth !== undefined && { halfWidth: scale * halfWidth }),
    margin: scale * margin,
    ...(seedsNeeded !== undefined && { seedsNeeded }),
  }
}
