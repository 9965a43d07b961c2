const simple: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  '\\': '\\',
}

/**
 * Backslash escapes of printf (`\nnn`) or of `echo -e` and `%b` (`\0nnn`). `stopped`: a `\c` ended
 * the output.
 */
export const unescapeText = (
  text: string,
  isFormat: boolean,
): { readonly text: string; readonly stopped: boolean } => {
  let result = ''
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string
    const next = text[i + 1]
    if (char !== '\\' || next === undefined) {
      result += char
      continue
    }
    const octal = (isFormat ? /^[0-7]{1,3}/ : /^0[0-7]{0,3}/).exec(text.slice(i + 1, i + 5))
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(text.slice(i + 1, i + 4))
    if (next === 'c' && !isFormat) return { text: result, stopped: true }
    if (octal !== null) {
      result += String.fromCharCode(Number.parseInt(octal[0], 8) & 0xff)
      i += octal[0].length
    } else if (hex !== null) {
      result += String.fromCharCode(Number.parseInt(hex[1] ?? '0', 16))
      i += hex[0].length
    } else {
      const plain = simple[next]
      result += plain ?? `\\${next}`
      i += 1
    }
  }
  return { text: result, stopped: false }
}
