import { createHash } from 'node:crypto';
import { type Written, write270 } from '@openvob/x12';
import type { Inquiry } from '../contract';
import type { X12Connection } from './connection';

/**
 * The 270 of an inquiry. The trace goes into TRN02 and BHT03; control numbers differ each time that it is sent, so that
 * an inquiry that is sent again is not taken for the same interchange twice (TA105 025).
 */
export function writeInquiry(inquiry: Inquiry, connection: X12Connection, sentAt: Date): Written {
  const { sender, receiver, groupSender, groupReceiver, usage, originator, payerIdQualifier } = connection;
  const stamp = sentAt.toISOString();
  return write270({
    ...inquiry,
    originator,
    payer: { ...inquiry.payer, ...(payerIdQualifier === undefined ? {} : { idQualifier: payerIdQualifier }) },
    envelope: {
      sender,
      receiver,
      ...(groupSender === undefined ? {} : { groupSender }),
      ...(groupReceiver === undefined ? {} : { groupReceiver }),
      usage,
      control: controlNumber(inquiry.id, sentAt),
      writtenOn: stamp.slice(0, 10),
      writtenAt: stamp.slice(11, 16),
    },
  });
}

/** Names one message: the same inquiry sent at the same instant is the same message. */
export function messageId(inquiryId: string, sentAt: Date): string {
  const hex = digest(inquiryId, sentAt).toString('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

/** 1 to 999,999,999, as ISA13 has nine digits. */
function controlNumber(inquiryId: string, sentAt: Date): number {
  return (digest(inquiryId, sentAt).readUInt32BE(0) % 999_999_999) + 1;
}

function digest(inquiryId: string, sentAt: Date): Buffer {
  return createHash('sha256').update(`${inquiryId}|${sentAt.toISOString()}`).digest();
}
