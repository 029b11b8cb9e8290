import { describe, expect, it } from 'vitest';
import { createJournalFaults } from '#test/support/journal-faults.ts';
import { askHttp, postCommand } from '#test/support/hall-client.ts';
import { NINE, startHall, type TestHall } from '#test/support/hall-server.ts';

const keyOf = (letter: string): string => letter.repeat(22);
const look = (hall: TestHall, visitKey: string) => askHttp(hall.url, `/api/v1/visits/${visitKey}`);

async function take(hall: TestHall, visitKey: string, serviceId = 'deeds'): Promise<string> {
  const payload = { serviceId, classId: 'ordinary', language: 'zh', visitKey };
  const { body } = await postCommand(hall.url, 'ticket.take', payload, { token: hall.enrol('kiosk') });
  return body.answer.ticketId;
}
