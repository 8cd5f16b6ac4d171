// The story that every client tells the server: a task is created, completed, and deleted only
// once that was confirmed. A client brings `list()` and `call(name, args)`; nothing here knows which.

import assert from "node:assert/strict";

const TOOLS = [
  "b24_task_create",
  "b24_task_delete",
  "b24_task_get",
  "b24_task_list",
  "b24_task_transition",
  "b24_task_update",
  "b24_user_find",
  "b24_user_me",
];

export async function lifecycle({ list, call }) {
  const listed = (await list()).map((tool) => tool.name);
  const missing = TOOLS.filter((name) => !listed.includes(name));
  assert.deepEqual(missing, [], `the list lacks ${missing.join(", ")}`);

  await works(call, "b24_user_me", {});

  const title = `Check the seal on gate ${process.pid}`;
  const { id: taskId } = await works(call, "b24_task_create", { title, responsibleId: 1 });
  assert.ok(taskId, "a created task has an id");

  const found = await works(call, "b24_task_get", { taskId });
  assert.ok(JSON.stringify(found).includes(title), "the task that was created can be read");
  await works(call, "b24_task_transition", { action: "complete", taskId });

  const refusal = await call("b24_task_delete", { taskId });
  assert.equal(refusal.isError, true, "deleting without a confirmation is refused");
  assert.match(JSON.stringify(refusal), /DELETE_NEEDS_CONFIRM/);
  await works(call, "b24_task_get", { taskId });

  await works(call, "b24_task_delete", { taskId, confirmDelete: true });
  const gone = await call("b24_task_get", { taskId });
  assert.equal(gone.isError, true, "a deleted task cannot be read");
}

async function works(call, name, args) {
  const result = await call(name, args);
  assert.ok(!result.isError, `${name} was refused: ${JSON.stringify(result.content)}`);
  assert.ok(result.structuredContent, `${name} answered without structured content`);
  return result.structuredContent;
}
