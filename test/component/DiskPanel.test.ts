import { cleanup, render, screen } from '@testing-library/vue'
import { afterEach, expect, it } from 'vitest'
import DiskPanel from '../../src-renderer/components/play/DiskPanel.vue'

afterEach(cleanup)

const showing = (containers: number) =>
  render(DiskPanel, {
    props: {
      disk: { used: 30, limit: null },
      instruments: {
        disk: {
          container: containers > 0 ? 'db' : null,
          copiedUp: 0,
          bornHere: 11,
          imageLayers: 19,
          containers,
          writableLayers: 11,
          volumes: 0,
          buildCache: 0,
          hiddenByWhiteouts: 0,
        },
        inspect: null,
        events: [],
        dockerSays: [],
      },
    },
  })

it('says that image layers are stored once where several containers stand on them', () => {
  showing(3)
  expect(screen.getByText('image layers, stored once')).toBeTruthy()
})

it.each([0, 1])('says nothing of sharing with %d containers', (containers) => {
  showing(containers)
  expect(screen.getByText('image layers')).toBeTruthy()
})
