import assert from "node:assert/strict";
import { test } from "node:test";

import { fieldsOf, groupsOf, typeOf } from "./openapi.js";

const DOCUMENT = {
  paths: {
    "/api/rooms/": {
      get: {
        tags: ["rooms"],
        description: "Rooms of one's own.",
        parameters: [{ name: "public", in: "query", schema: { type: "boolean" } }],
        security: [{ bearer: [] }],
        responses: {
          200: {
            description: "",
            content: {
              "application/json": {
                schema: { type: "array", items: { $ref: "#/components/schemas/RoomOut" } },
              },
            },
          },
        },
      },
      post: {
        tags: ["rooms"],
        security: [{}],
        requestBody: {
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/RoomInRequest" } },
          },
        },
        responses: {
          201: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/RoomOut" } } },
          },
          204: {},
        },
      },
    },
  },
  components: {
    schemas: {
      RoomInRequest: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", description: "What it is called." },
          control: { $ref: "#/components/schemas/ControlEnum" },
        },
      },
      RoomOut: { type: "object", properties: { id: { type: "string" } } },
      ControlEnum: { enum: ["owner", "moderators", "everyone"], type: "string" },
    },
  },
};

test("calls are grouped by their tag, in the document's order", () => {
  const [rooms] = groupsOf(DOCUMENT);
  assert.equal(rooms?.name, "rooms");
  assert.deepEqual(
    rooms?.calls.map((call) => call.method),
    ["GET", "POST"],
  );
});

test("a call says what goes in and what comes out", () => {
  const [list, create] = groupsOf(DOCUMENT)[0]?.calls ?? [];
  assert.equal(list?.parameters[0]?.type, "boolean, in the query");
  assert.equal(list?.answers[0]?.type, "list of Room");
  assert.equal(create?.body[0]?.words, "What it is called.");
  assert.deepEqual(
    create?.answers.map((answer) => [answer.status, answer.type]),
    [
      ["201", "Room"],
      ["204", ""],
    ],
  );
});

test("who is not signed in may call what asks for nothing", () => {
  assert.deepEqual(
    groupsOf(DOCUMENT)[0]?.calls.map((call) => call.open),
    [false, true],
  );
});

test("required fields are told from the others", () => {
  const fields = fieldsOf(DOCUMENT, { $ref: "#/components/schemas/RoomInRequest" });
  assert.deepEqual(
    fields.map((field) => [field.name, field.required]),
    [
      ["name", true],
      ["control", false],
    ],
  );
});

test("choices, lists and absent values are said in words", () => {
  assert.equal(
    typeOf(DOCUMENT, { $ref: "#/components/schemas/ControlEnum" }),
    "owner, moderators or everyone",
  );
  assert.equal(typeOf(DOCUMENT, { type: "integer", nullable: true }), "integer or null");
  assert.equal(
    typeOf(DOCUMENT, { allOf: [{ $ref: "#/components/schemas/RoomOut" }], nullable: true }),
    "Room or null",
  );
  assert.equal(typeOf(DOCUMENT, { type: "array", items: { type: "string" } }), "list of string");
  assert.equal(typeOf(DOCUMENT, {}), "anything");
});
