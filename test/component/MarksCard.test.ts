import type { MarksView } from '@contract/api.ts'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/vue'
import { afterEach, expect, it } from 'vitest'
import MarksCard from '../../src-renderer/components/play/MarksCard.vue'

afterEach(cleanup)

const path = (id: string): MarksView['paths'][number] => ({
  id,
  container: 'web',
  path: `/app/${id}`,
  text: `What ${id} is.`,
  chosen: null,
  verdict: null,
  feedback: null,
})

const open: MarksView = {
  question: 'What will the next container find?',
  kinds: [
    { id: 'durable', text: 'durable' },
    { id: 'disposable', text: 'disposable' },
    { id: 'shared', text: 'shared' },
  ],
  paths: [path('upload'), path('code')],
  state: 'open',
}

const group = (name: string) => within(screen.getByRole('group', { name: new RegExp(name) }))
const check = () => screen.getByRole('button') as HTMLButtonElement

it('can be checked once every path is marked, and hands over every mark', async () => {
  const { emitted } = render(MarksCard, { props: { marks: open, busy: false } })
  expect(check().disabled).toBe(true)
  await fireEvent.click(group('/app/upload').getByRole('radio', { name: 'durable' }))
  expect(check().disabled).toBe(true)
  await fireEvent.click(group('/app/code').getByRole('radio', { name: 'shared' }))
  expect(check().disabled).toBe(false)
  await fireEvent.click(check())
  expect(emitted('check')).toEqual([[{ upload: 'durable', code: 'shared' }]])
})

it('says of a wrong mark why, until it is changed', async () => {
  const { rerender } = render(MarksCard, { props: { marks: open, busy: false } })
  await fireEvent.click(group('/app/upload').getByRole('radio', { name: 'durable' }))
  await fireEvent.click(group('/app/code').getByRole('radio', { name: 'shared' }))
  const judged: MarksView = {
    ...open,
    paths: [
      { ...path('upload'), chosen: 'durable', verdict: 'wrong', feedback: 'It lies in the layer.' },
      { ...path('code'), chosen: 'shared', verdict: 'right', feedback: 'It is in the image.' },
    ],
  }
  await rerender({ marks: judged, busy: false })
  expect(group('/app/upload').getByText('It lies in the layer.')).toBeTruthy()
  expect(group('/app/upload').getByText(/✗/)).toBeTruthy()
  expect(group('/app/code').getByText(/✓/)).toBeTruthy()
  await fireEvent.click(group('/app/upload').getByRole('radio', { name: 'disposable' }))
  expect(group('/app/upload').queryByText('It lies in the layer.')).toBeNull()
  expect(group('/app/code').getByText('It is in the image.')).toBeTruthy()
})

it('keeps only what was right once all of it is', () => {
  const right: MarksView = {
    ...open,
    state: 'right',
    paths: [
      { ...path('upload'), chosen: 'disposable', verdict: 'right', feedback: null },
      { ...path('code'), chosen: 'shared', verdict: 'right', feedback: null },
    ],
  }
  render(MarksCard, { props: { marks: right, busy: false } })
  expect(screen.queryByRole('button')).toBeNull()
  const chosen = screen.getAllByRole('radio') as HTMLInputElement[]
  expect(chosen.map((radio) => [radio.value, radio.checked])).toEqual([
    ['disposable', true],
    ['shared', true],
  ])
})
