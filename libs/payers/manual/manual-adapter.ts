import { type Adapter, type Connection, type Inquiry, unavailable } from '../contract';
import { connectionFaults } from './connection';

/**
 * A payer that no machine can ask: a person rings it or looks into its portal, and records the call. Nothing is ever sent. The workflow does
 * not ask over such a connection; whoever does all the same is told that a person is needed.
 */
export const manualAdapter: Adapter = {
  name: 'manual',
  capabilities: { severalServiceTypes: true, afterLostReply: 'never_resend', electronic: false, tracesComeBack: false },
  checkConnection: connectionFaults,
  fieldsOf: () => [],
  verify: async (_inquiry: Inquiry, connection: Connection) =>
    connectionFaults(connection).length > 0
      ? unavailable({ why: 'configuration', detail: 'connection_settings' }, {})
      : { kind: 'needs_human', why: 'no_electronic_way', evidence: {} },
};
