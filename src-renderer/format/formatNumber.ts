import { currentLocale } from '../strings/index.ts'

/** A whole or decimal number with the thousands separators of the language. */
export const formatNumber = (value: number): string =>
  new Intl.NumberFormat(currentLocale()).format(value)
