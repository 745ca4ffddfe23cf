// Opens a dashboard as a reader in headless Chromium, fails on an empty or broken chart, asks for
// every chart's data once more as administrator, and keeps the picture.
//
//   node verify.mjs <base URL> <slug> <picture.png> <Chromium>
//
// From the environment: SERVICELAKE_SUPERSET_READER_PASSWORD, SERVICELAKE_SUPERSET_ADMIN_PASSWORD.
// Exit code 0: every chart shows data. 1: something does not; each fault on its own line.
import { chromium } from 'playwright-core';

const WIDTH = 1680;
const PATIENCE_MS = 120_000;
const SETTLE_MS = 4_000;
const NO_DATA = /No results were returned|No data|没有数据|Unexpected error|An error occurred/i;

const [baseUrl, slug, picture, executablePath] = process.argv.slice(2);
if (!executablePath) {
  console.error('Usage: verify.mjs <base URL> <slug> <picture.png> <Chromium>');
  process.exit(2);
}
const faults = [];

/** An API session of that user. */
async function session(request, username, password) {
  const answer = await request.post(`${baseUrl}/api/v1/security/login`, {
    data: { username, password, provider: 'db', refresh: false },
  });
  if (!answer.ok()) {
    throw new Error(`user ${username} is refused (HTTP ${answer.status()})`);
  }
  const { access_token: token } = await answer.json();
  return { Authorization: `Bearer ${token}` };
}

async function dashboardCharts(request, headers) {
  const answer = await request.get(`${baseUrl}/api/v1/dashboard/${slug}/charts`, { headers });
  if (!answer.ok()) {
    throw new Error(`dashboard ${slug} is not there (HTTP ${answer.status()})`);
  }
  return (await answer.json()).result.map(({ id, slice_name: name }) => ({ id, name }));
}

async function logIn(page, username, password) {
  await page.goto(`${baseUrl}/login/`, { waitUntil: 'load' });
  await page.locator('input#username').fill(username);
  await page.locator('input#password').fill(password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/login'), { timeout: PATIENCE_MS }),
    page.locator('input#password').press('Enter'),
  ]);
}

/** Faults of one answer with chart data; rows per query. */
function readAnswer(status, body) {
  const queries = Array.isArray(body?.result) ? body.result : [];
  if (status !== 200) {
    return { rows: 0, fault: `HTTP ${status}: ${JSON.stringify(body).slice(0, 300)}` };
  }
  const broken = queries.find((query) => query.error || query.status !== 'success');
  if (broken) {
    return { rows: 0, fault: broken.error ?? `status ${broken.status}` };
  }
  const rows = queries.map((query) => query.rowcount ?? query.data?.length ?? 0);
  const empty = rows.length === 0 || rows.some((count) => count === 0);
  return { rows: rows.reduce((a, b) => a + b, 0), fault: empty ? 'no rows' : null, queries };
}

/** True if every value of every figure the query asked for is null. */
function isAllNull(queries) {
  return queries.some((query) => {
    const values = (query.data ?? []).flatMap((row) => Object.values(row));
    return values.length > 0 && values.every((value) => value === null);
  });
}

const browser = await chromium.launch({
  executablePath,
  // Root cannot use Chromium's sandbox.
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
try {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: 1200 },
    deviceScaleFactor: 1,
    locale: 'en-US',
    colorScheme: 'light',
  });
  const admin = await session(
    context.request, 'admin', process.env.SERVICELAKE_SUPERSET_ADMIN_PASSWORD);
  const charts = await dashboardCharts(context.request, admin);
  if (charts.length === 0) {
    throw new Error(`dashboard ${slug} has no charts`);
  }
  const names = new Map(charts.map(({ id, name }) => [id, name]));

  const page = await context.newPage();
  const answers = new Map();
  const pending = [];
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('response', (response) => {
    if (!response.url().includes('/api/v1/chart/data')) return;
    pending.push(
      (async () => {
        const payload = JSON.parse(response.request().postData() ?? '{}');
        const id = payload.form_data?.slice_id;
        if (!names.has(id)) return; // the choices of a filter
        let body = null;
        try {
          body = await response.json();
        } catch {
          body = 'not JSON';
        }
        answers.set(id, { payload, ...readAnswer(response.status(), body) });
      })(),
    );
  });

  await logIn(page, 'reader', process.env.SERVICELAKE_SUPERSET_READER_PASSWORD);
  await page.goto(`${baseUrl}/superset/dashboard/${slug}/?standalone=2`, {
    waitUntil: 'domcontentloaded',
  });
  const holders = page.locator('.dashboard-component-chart-holder');
  await page
    .waitForFunction(
      (count) =>
        document.querySelectorAll('.dashboard-component-chart-holder').length === count &&
        document.querySelectorAll('.dashboard-component-chart-holder .loading').length === 0,
      charts.length,
      { timeout: PATIENCE_MS },
    )
    .catch(() => faults.push(`not drawn in ${PATIENCE_MS / 1000} s: ${charts.length} charts`));
  const end = Date.now() + PATIENCE_MS;
  while (answers.size < charts.length && Date.now() < end && faults.length === 0) {
    await page.waitForTimeout(250);
  }
  // As tall as its content: the picture is whole and nothing waits for scrolling.
  const height = await page.evaluate(() =>
    Math.max(...[...document.querySelectorAll('*')].map((e) => e.scrollHeight)));
  await page.setViewportSize({ width: WIDTH, height: Math.min(height + 16, 8000) });
  await page.waitForTimeout(SETTLE_MS);
  await Promise.all(pending);

  const shown = new Map();
  for (const holder of await holders.all()) {
    const text = (await holder.innerText()).replace(/\s+/g, ' ');
    const title = (await holder.locator('.header-title').first().innerText()).trim();
    if ((await holder.locator('[role=alert], .ant-alert-error').count()) > 0) {
      shown.set(title, `shows an error: ${text.slice(0, 300)}`);
    } else if (NO_DATA.test(text)) {
      shown.set(title, 'is empty');
    }
  }
  await page.screenshot({ path: picture });

  for (const { id, name } of charts) {
    const seen = answers.get(id);
    const fault =
      seen?.fault ??
      shown.get(name) ??
      (!seen ? 'asked for no data' : isAllNull(seen.queries) ? 'nothing but nulls' : null);
    shown.delete(name);
    if (fault) {
      faults.push(`${name}: ${fault}`);
      continue;
    }
    const again = await context.request.post(`${baseUrl}/api/v1/chart/data`, {
      headers: admin,
      data: { ...seen.payload, force: true },
    });
    const asAdmin = readAnswer(again.status(), await again.json());
    if (asAdmin.fault) {
      faults.push(`${name}, as administrator: ${asAdmin.fault}`);
    } else if (asAdmin.rows !== seen.rows) {
      faults.push(`${name}: the reader saw ${seen.rows} rows, the administrator ${asAdmin.rows}`);
    } else {
      console.log(`  ok  ${name}: ${seen.rows} rows`);
    }
  }
  shown.forEach((fault, title) => faults.push(`${title}: ${fault}`));
} catch (error) {
  faults.push(error.message.split('\n')[0]);
} finally {
  await browser.close();
}
faults.forEach((fault) => console.log(`FAULT ${fault.replace(/\s+/g, ' ')}`));
process.exit(faults.length === 0 ? 0 : 1);
