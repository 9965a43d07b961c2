/** What is to happen when a container ends by itself. */
export interface RestartPolicy {
  readonly name: string
  readonly maximumRetryCount: number
}

/** Reads `--restart` as the client does; a text is what is wrong with its form. */
export const parseRestartPolicy = (text: string): RestartPolicy | string => {
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  const count = colon < 0 ? '' : text.slice(colon + 1)
  if (colon >= 0 && name === '') {
    return 'invalid restart policy format: no policy provided before colon'
  }
  if (count !== '' && !/^[-+]?\d+$/.test(count)) {
    return 'invalid restart policy format: maximum retry count must be an integer'
  }
  return { name, maximumRetryCount: Number(count) }
}

export const isNoRestart = ({ name }: RestartPolicy): boolean => name === '' || name === 'no'

/** What the daemon finds wrong with a policy, or null. */
export const restartPolicyError = ({ name, maximumRetryCount }: RestartPolicy): string | null => {
  const wrong = (reason: string): string => `invalid restart policy: ${reason}`
  switch (name) {
    case 'always':
    case 'unless-stopped':
    case 'no':
      if (maximumRetryCount === 0) return null
      return wrong(
        `maximum retry count can only be used with 'on-failure'${maximumRetryCount < 0 ? ' and cannot be negative' : ''}`,
      )
    case 'on-failure':
      return maximumRetryCount < 0 ? wrong('maximum retry count cannot be negative') : null
    case '':
      return null
    default:
      return wrong(
        `unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
      )
  }
}
