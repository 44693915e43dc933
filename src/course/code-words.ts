// What is said of a learner's code that is not right.
import type { Text } from '../base/text.ts'
import type { Called, CodeRun } from './code-run.ts'
import type { Case } from './question.ts'
import { isObject, nearlyEqual, type Value, valueLiteral } from './values.ts'

/** Characters of arguments that are shown in full; of a result; and of anything else. */
const MOST_ARGUMENTS = 320
const MOST_RESULT = 80
const MOST = 40

/** Said of the exercise as it is shipped. */
export const untouched: Text = {
  en: 'This is still the exercise as you got it: look for TODO in it, and change what stands there.',
  zh: '文件还是刚拿到时的样子：找到里面的 TODO，动手改吧。',
}

/** Said of a function that was changed without effect. */
export function unchangedWords(says: Text): Text {
  return {
    en: `It still does what the exercise did before you changed it. ${says.en}`,
    zh: `改过之后，结果和原来的练习一样。${says.zh}`,
  }
}

export function whyNot(ran: Exclude<CodeRun, { status: 'done' }>, name: string): Text {
  switch (ran.status) {
    case 'missing':
      return {
        en: `The file defines no function ${name}: keep its name as the exercise has it.`,
        zh: `文件里没有名为 ${name} 的函数：请保留练习里的函数名。`,
      }
    case 'timeout':
      return {
        en: 'Stopped after 5 seconds: is there a loop that never ends?',
        zh: '运行超过 5 秒，已停止：是不是有一个不会结束的循环？',
      }
    case 'memory':
      return {
        en: 'Stopped because it took too much memory: no exercise needs more than a few megabytes.',
        zh: '占用内存太多，已停止：这些练习只需要几兆字节。',
      }
    case 'broken':
      return thrown(ran.error, ran.line)
    default:
      return ran satisfies never
  }
}

function thrown(error: string, line: number | undefined): Text {
  return {
    en: `Your code stopped with ${error}${line ? `, in line ${line}` : ''}.`,
    zh: `代码出错：${error}${line ? `，在第 ${line} 行` : ''}。`,
  }
}

/** A call that went wrong: in full where it is small, else the sizes and the first wrong place. */
export function differenceWords(name: string, { input, expected }: Case, called: Called): Text {
  const whole = input.map((value) => valueLiteral(value)).join(', ')
  const list =
    whole.length <= MOST_ARGUMENTS ? whole : input.map((value) => shown(value)).join(', ')
  const call = `${name}(${list})`
  if ('error' in called) {
    const { en, zh } = thrown(called.error, called.line)
    return { en: `${en} The call was ${call}.`, zh: `${zh}当时的调用是 ${call}。` }
  }
  const small = [called.value, expected].every((value) => valueLiteral(value).length <= MOST_RESULT)
  const place = small
    ? { given: called.value, expected, path: '' }
    : firstDifference(called.value, expected)
  const [gave, wanted] = [shown(place.given, MOST_RESULT), shown(place.expected, MOST_RESULT)]
  const where =
    place.path === ''
      ? { en: '', zh: '' }
      : { en: `, at ${place.path}`, zh: `，位置 ${place.path}` }
  return {
    en: `${call} gave ${gave}, expected ${wanted}${where.en}.`,
    zh: `${call} 得到 ${gave}，应为 ${wanted}${where.zh}。`,
  }
}

function firstDifference(
  given: Value,
  expected: Value,
  path = '',
): { given: Value; expected: Value; path: string } {
  if (Array.isArray(given) && Array.isArray(expected) && given.length === expected.length) {
    const at = expected.findIndex((value, index) => !nearlyEqual(given[index], value))
    return firstDifference(given[at], expected[at], `${path}[${at}]`)
  }
  if (isObject(given) && isObject(expected)) {
    const name =
      Object.keys(expected).find((each) => !nearlyEqual(given[each], expected[each])) ?? ''
    return firstDifference(given[name] ?? null, expected[name] ?? null, `${path}.${name}`)
  }
  return { given, expected, path }
}

/** A value in a few characters. */
function shown(value: Value, most = MOST): string {
  const text = valueLiteral(value)
  if (text.length <= most) return text
  return Array.isArray(value) ? `[${sizes(value).join(' x ')} numbers]` : '{...}'
}

/** The sizes of a nested array. */
function sizes(value: Value | undefined): number[] {
  return Array.isArray(value) ? [value.length, ...sizes(value[0])] : []
}
