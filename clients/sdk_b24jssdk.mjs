// `@bitrix24/b24jssdk` 2.x, unchanged, against the portal of `B24_WEBHOOK_URL`. Prints what it read as JSON;
// whether that is true is for somebody else to judge, who reads the same portal without the SDK.

import { B24Hook } from "@bitrix24/b24jssdk";

const address = process.env.B24_WEBHOOK_URL.replace(/\/$/, "");
const b24 = B24Hook.fromWebhookUrl(address);
const { v2, v3 } = b24.actions;
const read = {};

// What a call answered, or the sentence it failed with.
async function result(call) {
  const answer = await call;
  if (!answer.isSuccess) throw new Error(answer.getErrorMessages().join("; "));
  return answer.getData().result;
}
const call2 = (method, params = {}) => result(v2.call.make({ method, params }));
const call3 = (method, params = {}) => result(v3.call.make({ method, params }));

// The SDK throws some refusals and answers others softly; both say a code and a status.
async function refusal(call) {
  try {
    const answer = await call;
    if (answer.isSuccess) return { code: "none", status: answer.getStatus() };
    const error = [...answer.getErrors()][0];
    return { code: String(error.code), status: error.status };
  } catch (error) {
    return { code: String(error.code), status: error.status };
  }
}

async function single() {
  read.profile = await call2("profile");
  read.users = (await call2("user.get", { sort: "ID", order: "ASC" })).map((user) => user.ID);
  read.first_page = (await call2("tasks.task.list", { order: { ID: "ASC" }, select: ["ID"] })).tasks.map((t) => t.id);

  const me = read.profile.ID;
  const { task } = await call2("tasks.task.add", { fields: { TITLE: "Überprüfung 100 % & more", RESPONSIBLE_ID: me } });
  await call2("tasks.task.update", { taskId: task.id, fields: { DESCRIPTION: "a=b&c=d + [e]" } });
  await call2("tasks.task.complete", { taskId: task.id });
  read.kept = (await call2("tasks.task.get", { taskId: task.id, select: ["ID", "TITLE", "DESCRIPTION", "STATUS"] })).task;

  const second = (await call2("tasks.task.add", { fields: { TITLE: "soon gone", RESPONSIBLE_ID: me } })).task;
  read.deleted = { id: second.id, answer: await call2("tasks.task.delete", { taskId: second.id }) };
}

async function batches() {
  const calls = {
    who: { method: "profile", params: {} },
    nowhere: { method: "no.such.method", params: {} },
    page: { method: "tasks.task.list", params: { order: { ID: "ASC" }, select: ["ID"] } },
  };
  const answer = await v2.batch.make({ calls, options: { isHaltOnError: false, returnAjaxResult: true } });
  const rows = answer.getData();
  read.batch = {
    who: rows.who.getData().result.ID,
    page: rows.page.getData().result.tasks.map((task) => task.id),
    total: rows.page.getTotal(),
    failed: Object.keys(rows).filter((key) => !rows[key].isSuccess),
  };
  const listed = [...read.first_page, ...read.first_page.slice(0, 15)];
  const many = listed.map((taskId) => ["tasks.task.get", { taskId, select: ["ID"] }]);
  const chunks = await v2.batchByChunk.make({ calls: many, options: { isHaltOnError: false } });
  read.chunked = { asked: listed, got: chunks.getData().map((row) => row.task.id) };
}

async function lists() {
  const list = { method: "tasks.task.list", params: { select: ["ID", "TITLE"] }, customKeyForResult: "tasks" };
  const keys = { idKey: "id", cursorIdKey: "ID" };
  const all = await v2.callList.make({ ...list, ...keys });
  if (!all.isSuccess) throw new Error(all.getErrorMessages().join("; "));
  read.fast = all.getData().map((task) => task.id);
  read.streamed = [];
  for await (const page of v2.fetchList.make({ ...list, ...keys })) read.streamed.push(...page.map((task) => task.id));

  read.counted = [];
  let page = await v2.call.make({ method: list.method, params: { order: { ID: "ASC" }, select: ["ID"] } });
  while (page) {
    read.counted.push(...page.getData().result.tasks.map((task) => task.id));
    page = page.isMore() ? await page.fetchNext(b24.getHttpClient("v2")) : null;
  }
}

async function third() {
  const select = ["id", "title", "responsible.name"];
  const { item } = await call3("tasks.task.get", { id: Number(read.kept.id), select });
  read.v3_get = item;
  const all = await v3.callList.make({ method: "tasks.task.list", params: { select: ["id"] }, customKeyForResult: "items" });
  if (!all.isSuccess) throw new Error(all.getErrorMessages().join("; "));
  read.v3_all = all.getData().map((task) => task.id);

  const me = Number(read.profile.ID);
  const fields = { title: "written in REST 3.0", creatorId: me, responsibleId: me };
  const added = (await call3("tasks.task.add", { fields })).item;
  const updated = await call3("tasks.task.update", { id: added.id, fields: { title: "changed in REST 3.0" } });
  read.v3_kept = { id: added.id, updated };
  const second = (await call3("tasks.task.add", { fields })).item;
  read.v3_deleted = { id: second.id, answer: await call3("tasks.task.delete", { id: second.id }) };
  read.v3_missing = await refusal(v3.call.make({ method: "tasks.task.get", params: { id: 99999999 } }));

  const query = (id) => ({ method: "tasks.task.get", params: { id, select: ["id", "title"] } });
  const both = await v3.batch.make({ calls: { a: query(Number(read.kept.id)), b: query(added.id) } });
  read.v3_batch = both.isSuccess ? both.getData() : both.getErrorMessages();
  read.v3_batch_refused = await refusal(v3.batch.make({ calls: { a: query(added.id), b: query(99999999) } }));
}

async function refusals() {
  read.unknown_method = await refusal(v2.call.make({ method: "no.such.method", params: {} }));
  const stranger = B24Hook.fromWebhookUrl(address.replace(/[^/]+$/, "not0the0secret00"));
  read.wrong_secret = await refusal(stranger.actions.v2.call.make({ method: "profile", params: {} }));
  read.missing_field = await refusal(v2.call.make({ method: "tasks.task.add", params: { fields: { RESPONSIBLE_ID: 1 } } }));
}

// More calls at once than the bucket still holds: the SDK waits, and nobody sees an error.
async function burst() {
  const calls = Array.from({ length: 40 }, () => call2("server.time"));
  const settled = await Promise.allSettled(calls);
  const failed = settled.filter((one) => one.status === "rejected").map((one) => String(one.reason));
  read.burst = { calls: settled.length, failed };
}

// A part that fails leaves the others their turn; what it did not read, it did not read.
read.trouble = {};
for (const part of [single, batches, lists, third, refusals, burst]) {
  try {
    await part();
  } catch (error) {
    read.trouble[part.name] = `${error.code ?? error.name}: ${error.message}`;
  }
}
console.log(JSON.stringify(read));
