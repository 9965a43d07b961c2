/** Signals of Linux by name, as the engine knows them; the real-time ones go by RTMIN+n, RTMAX-n. */
const names = new Set(
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  ),
)
const realTime = /^(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$/

const highest = 64

/** A signal's name without SIG, or its number, in capitals. */
export const signalName = (text: string): string => text.toUpperCase().replace(/^SIG/, '')

/** What the engine says of a signal that does not exist; null when it does. */
export const signalProblem = (text: string): string | null => {
  if (/^-?\d+$/.test(text)) {
    if (Number(text) === 0) return `invalid signal: ${text}`
    const exists = Number(text) > 0 && Number(text) <= highest
    return exists ? null : `the linux daemon does not support signal ${Number(text)}`
  }
  const name = signalName(text)
  return names.has(name) || realTime.test(name) ? null : `invalid signal: ${text}`
}
