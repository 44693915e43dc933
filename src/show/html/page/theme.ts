// Whether the page is dark now: as the reader's system is; paper is light.
import { useEffect, useState } from 'preact/hooks'

export function useDark(): boolean {
  const [dark, setDark] = useState(isDark)
  useEffect(() => {
    const queries = [matchMedia(DARK), matchMedia(PRINT)]
    const look = () => setDark(isDark())
    const onPaper = () => setDark(false)
    for (const query of queries) query.addEventListener('change', look)
    addEventListener('beforeprint', onPaper)
    addEventListener('afterprint', look)
    return () => {
      for (const query of queries) query.removeEventListener('change', look)
      removeEventListener('beforeprint', onPaper)
      removeEventListener('afterprint', look)
    }
  }, [])
  return dark
}

const DARK = '(prefers-color-scheme: dark)'
const PRINT = 'print'

function isDark(): boolean {
  return matchMedia(DARK).matches && !matchMedia(PRINT).matches
}
