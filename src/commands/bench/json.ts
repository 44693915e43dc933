// A benchmark as JSON.
import type { Language } from '../../base/text.ts'
import type { BenchReport } from './report.ts'

interface Options {
  readonly version: string
  readonly language: Language
}

export function renderBenchJson(report: BenchReport, { version, language }: Options): string {
  const { engine, peak, runs, threads, rows, missing } = report
  const document = {
    schema: 1,
    convlab: version,
    engine,
    peakGflops: peak,
    runs,
    threads,
    rows: rows.map(({ title, entries, ...row }) => ({
      ...row,
      title: title[language],
      entries: entries.map((entry) => ({ ...entry, ofPeak: entry.gflops / peak })),
    })),
    missing: missing.map(({ name, install }) => ({ name, install: install[language] })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
