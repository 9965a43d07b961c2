const whoBits: Record<string, number> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 }

const permissionBits = (letters: string, old: number, isDirectory: boolean): number => {
  let bits = 0
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444
    else if (letter === 'w') bits |= 0o222
    else if (letter === 'x') bits |= 0o111
    else if (letter === 'X') bits |= isDirectory || (old & 0o111) !== 0 ? 0o111 : 0
    else if (letter === 's') bits |= 0o6000
    else if (letter === 't') bits |= 0o1000
    else {
      const shift = letter === 'u' ? 6 : letter === 'g' ? 3 : 0
      const copied = (old >> shift) & 7
      bits |= copied | (copied << 3) | (copied << 6)
    }
  }
  return bits
}

/** The mode after `chmod spec` on a file with mode `old`; null when the spec is wrong. */
export const applyModeSpec = (
  spec: string,
  old: number,
  isDirectory: boolean,
  umask: number,
): number | null => {
  if (/^[0-7]{1,4}$/.test(spec)) return Number.parseInt(spec, 8)
  let mode = old
  for (const clause of spec.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause)
    if (match === null) return null
    const [, who = '', actions = ''] = match
    const everyone = who === ''
    const reach = everyone ? 0o7777 : [...who].reduce((bits, one) => bits | (whoBits[one] ?? 0), 0)
    for (const action of actions.match(/[-+=][rwxXstugo]*/g) ?? []) {
      let bits = permissionBits(action.slice(1), mode, isDirectory) & reach
      if (everyone) bits &= ~(umask & 0o777)
      if (action.startsWith('+')) mode |= bits
      else if (action.startsWith('-')) mode &= ~bits
      else mode = (mode & ~(reach & (everyone ? 0o777 : reach))) | bits
    }
  }
  return mode & 0o7777
}
