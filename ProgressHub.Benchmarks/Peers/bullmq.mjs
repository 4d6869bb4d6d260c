// Whole empty jobs with BullMQ: `node bullmq.mjs PORT AT_ONCE`; each line of input is a number of jobs, each line of output
// what came of them in jobs a second.
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';

const connection = { host: '127.0.0.1', port: Number(process.argv[2]), maxRetriesPerRequest: null };
const atOnce = Number(process.argv[3]);
const queue = new Queue('bench', { connection });
const worker = new Worker('bench', async () => null, { connection, concurrency: atOnce });
let onCompleted = () => {};
worker.on('completed', () => onCompleted());
await worker.waitUntilReady();

async function measure(count) {
  let left = count;
  const finished = new Promise((resolve) => {
    onCompleted = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
  const began = performance.now();
  let next = 0;
  const submit = async () => {
    while (next < count) {
      next += 1;
      await queue.add('empty', { hold: false });
    }
  };
  await Promise.all([...Array.from({ length: atOnce }, submit), finished]);
  return (count * 1000) / (performance.now() - began);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log((await measure(Number(line))).toFixed(1));
}
