import { expect, test } from 'vitest'
import { predictionsIn } from '../../../../src-main/calls/report/misunderstandings.ts'
import { fakeEngine } from '../../../support/fakeEngine.ts'

const { levels, acts } = fakeEngine({ levels: ['one'] }).catalogue('en')
const speaking = (no: string, yes: string) => ({
  acts,
  levels: levels.map((level) => ({
    ...level,
    predictions: [
      {
        id: 'p',
        question: '?',
        options: [
          { id: 'no', text: no },
          { id: 'yes', text: yes },
        ],
      },
    ],
  })),
})
const english = speaking('Not at all', 'All of it')
const german = speaking('Gar nicht', 'Alles')
const record = (truth: string) => ({
  levelId: 'one',
  predictionId: 'p',
  answer: 'no',
  sure: false,
  truth,
  right: false,
  at: 0,
})
const happened = (catalogue: typeof english, ...truths: readonly string[]) =>
  predictionsIn(catalogue, truths.map(record), [english, german])[0]?.truth

test('what happened is told in the language of who looks, whoever it happened to', () => {
  expect(happened(german, 'All of it')).toBe('Alles')
  expect(happened(english, 'Alles')).toBe('All of it')
  // Two that say the same outweigh one that says something else.
  expect(happened(english, 'Not at all', 'Alles', 'All of it')).toBe('All of it')
})

test('a figure is nobody’s option and stays as it was seen', () => {
  expect(happened(german, '2.0 GB')).toBe('2.0 GB')
})
