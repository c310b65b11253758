// Runs no-op jobs through pg-boss on the database that DATABASE_URL names, by the settings that its documentation
// gives for throughput, and prints one line of JSON.
//   node pg-boss.mjs enqueue JOBS
//   node pg-boss.mjs process JOBS BATCH WORKERS
//   node pg-boss.mjs drop
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'

const SCHEMA = 'carillon_bench_pgboss'
const QUEUE = 'noop'
const INSERT_BATCH = 10_000

const [phase, jobs, batch, workers] = [process.argv[2], ...process.argv.slice(3).map(Number)]
const connectionString = process.env.DATABASE_URL

async function sql(statement) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

// Maintenance, cron and monitoring are left out, so that nothing but the queue itself is paid for.
async function started() {
  const boss = new PgBoss({ connectionString, schema: SCHEMA, max: 10, supervise: false, schedule: false })
  boss.on('error', (error) => {
    console.error(error)
    process.exit(1)
  })
  await boss.start()
  return boss
}

async function enqueue() {
  const boss = await started()
  await boss.createQueue(QUEUE)
  const payloads = []
  for (let at = 0; at < jobs; at += INSERT_BATCH) {
    payloads.push(Array.from({ length: Math.min(INSERT_BATCH, jobs - at) }, (_, n) => ({ data: { n: at + n } })))
  }
  const start = performance.now()
  for (const payload of payloads) {
    await boss.insert(QUEUE, payload)
  }
  const seconds = (performance.now() - start) / 1000
  await boss.stop({ graceful: false })
  // as autovacuum does on a queue that lives longer than a benchmark
  await sql(`VACUUM ANALYZE ${SCHEMA}.job`)
  return { version: await version(), seconds }
}

async function run() {
  const boss = await started()
  let left = jobs
  let finish
  const handled = new Promise((resolve) => (finish = resolve))
  const start = performance.now()
  await boss.work(
    QUEUE,
    { batchSize: batch, localConcurrency: workers, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
    async (taken) => {
      left -= taken.length
      if (left <= 0) finish()
    },
  )
  await handled
  // returns once the workers have completed the jobs they hold
  await boss.offWork(QUEUE, { wait: true })
  const seconds = (performance.now() - start) / 1000
  await boss.stop({ graceful: false })
  const [{ count }] = await sql(`SELECT count(*)::int FROM ${SCHEMA}.job WHERE state = 'completed'`)
  if (count < jobs) throw new Error(`${count} of ${jobs} jobs are completed`)
  return { version: await version(), seconds }
}

async function version() {
  const manifest = await readFile(new URL('node_modules/pg-boss/package.json', import.meta.url))
  return JSON.parse(manifest).version
}

const phases = { enqueue, process: run, drop: () => sql(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`) }
console.log(JSON.stringify(await phases[phase]()))
process.exit(0)
