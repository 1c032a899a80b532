import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';

const mostTries = 3;

/** What was read stays on the page while it is read anew, or cannot be; it is never written to disk. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (tries, error) => tries < mostTries && !(error instanceof ApiProblem && error.status < 500),
    },
    mutations: { retry: false },
  },
});
