/** The parts of a word, in order. `quoted` parts are neither split nor globbed. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | ParameterPart
  | { readonly kind: 'command'; readonly body: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly word: Word; readonly quoted: boolean }

export type ParameterOperator =
  | 'plain'
  | 'length'
  | 'substring'
  | '-'
  | ':-'
  | '='
  | ':='
  | '+'
  | ':+'
  | '?'
  | ':?'
  | '%'
  | '%%'
  | '#'
  | '##'
  | '/'
  | '//'

export interface ParameterPart {
  readonly kind: 'parameter'
  readonly name: string
  readonly operator: ParameterOperator
  readonly word: Word
  /** The replacement of `/`, the length of a substring. */
  readonly second: Word | null
  readonly quoted: boolean
}

export type Word = readonly WordPart[]

export type RedirectionKind = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '<<'

export interface Redirection {
  readonly kind: RedirectionKind
  readonly fd: number
  /** The file, the descriptor, or the text of a here-document. */
  target: Word
}

export interface Assignment {
  readonly name: string
  readonly value: Word
}

export type Command =
  | {
      readonly kind: 'simple'
      readonly assignments: readonly Assignment[]
      readonly words: readonly Word[]
      readonly redirections: readonly Redirection[]
      readonly line: number
    }
  | { readonly kind: 'pipeline'; readonly stages: readonly Command[]; readonly negated: boolean }
  | {
      readonly kind: 'and-or'
      readonly operator: '&&' | '||'
      readonly left: Command
      readonly right: Command
    }
  | { readonly kind: 'group' | 'subshell'; readonly body: List }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: List | null }
  | {
      readonly kind: 'loop'
      readonly until: boolean
      readonly condition: List
      readonly body: List
    }
  | {
      readonly kind: 'for'
      readonly name: string
      readonly words: readonly Word[] | null
      readonly body: List
    }
  | { readonly kind: 'case'; readonly word: Word; readonly cases: readonly CaseItem[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command }
  | {
      readonly kind: 'redirected'
      readonly command: Command
      readonly redirections: readonly Redirection[]
    }

export interface Branch {
  readonly condition: List
  readonly body: List
}

export interface CaseItem {
  readonly patterns: readonly Word[]
  readonly body: List
}

export type List = readonly ListItem[]

export interface ListItem {
  readonly command: Command
  readonly background: boolean
}
