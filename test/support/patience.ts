import { configure } from '@testing-library/vue'

// How long a busy machine takes is no matter of a test: only that it comes.
configure({ asyncUtilTimeout: 15_000 })
