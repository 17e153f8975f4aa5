// What cannot be trained is refused when it is asked for, by the field that is wrong.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LearningRunConfig } from "#contracts/learning-run.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { defaultParameters } from "#quant/learning/models/learners.ts";
import { LEARNING_RUN } from "./learning-world.test-support.ts";
import { createCaller } from "./root.ts";
import {
  createPerson,
  createWorld,
  signIn,
  testContext,
  type World,
} from "./world.test-support.ts";

let subject: TestDatabase;
let world: World;
let caller: ReturnType<typeof createCaller>;

beforeAll(async () => {
  subject = await createTestDatabase();
  const owner = await createPerson(subject.database);
  world = await createWorld(subject.database, owner);
  const session = await signIn(subject.database, owner);
  caller = createCaller(testContext(subject.database, { session }));
});
afterAll(() => subject.drop());

type Models = Extract<LearningRunConfig, { kind: "models" }>;

function start(changed: Partial<Models>) {
  const config = { ...LEARNING_RUN, ...changed } as Models;
  return caller.learningRuns.start({
    datasetVersionId: world.datasetVersionId,
    name: "Run",
    config,
  });
}

test.each<{ name: string; changed: Partial<Models>; field: string; message: RegExp }>([
  {
    name: "a learner that there is not",
    changed: { learners: [{ kind: "nonsense", parameters: {} }] },
    field: "config.learners.0.kind",
    message: /no model “nonsense”/,
  },
  {
    name: "more trees than can be grown",
    changed: {
      learners: [
        ...(LEARNING_RUN.kind === "models" ? LEARNING_RUN.learners : []),
        {
          kind: "random-forest",
          parameters: { ...defaultParameters("random-forest"), treeCount: 1e9 },
        },
      ],
    },
    field: "config.learners.1.parameters.treeCount",
    message: /^Random forest, Trees: Must be at most/,
  },
  {
    name: "a parameter of another learner",
    changed: { learners: [{ kind: "logistic", parameters: { penalty: 1, treeCount: 10 } }] },
    field: "config.learners.0.parameters.treeCount",
    message: /^Logistic regression, treeCount: There is no such setting/,
  },
  {
    name: "a learner of numbers for a label of classes",
    changed: { learners: [{ kind: "ridge", parameters: defaultParameters("ridge") }] },
    field: "config.learners.0.kind",
    message: /Ridge regression does not predict classes/,
  },
  {
    name: "more trainings than anybody waits for",
    changed: {
      split: { kind: "walk-forward", window: "expanding", trainingShare: 0.5, folds: 50 },
      search: { method: "tpe", trials: 500, innerFolds: 10 },
    },
    field: "config.search",
    message: /trainings; at most 50,000 are made/,
  },
])("regression: $name failed only in the job", async ({ changed, field, message }) => {
  await expect(start(changed)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    cause: { code: "invalid-input", field },
  });
});

test("what can be trained is started", async () => {
  expect(await start({})).toMatchObject({ runId: expect.any(String) });
});
