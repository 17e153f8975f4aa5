import { describe, expect, test } from "vitest";
import { parseControlMessage } from "./control-message.ts";

describe("parseControlMessage", () => {
  test.each([
    {
      text: '{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@depth"],"id":1}',
      message: { method: "SUBSCRIBE", streams: ["btcusdt@aggTrade", "btcusdt@depth"], id: 1 },
    },
    {
      text: '{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":"a1B2"}',
      message: { method: "UNSUBSCRIBE", streams: ["btcusdt@depth"], id: "a1B2" },
    },
    {
      text: '{"method":"LIST_SUBSCRIPTIONS","id":null}',
      message: { method: "LIST_SUBSCRIPTIONS", id: null },
    },
    {
      text: '{"method":"SET_PROPERTY","params":["combined",true],"id":5}',
      message: { method: "SET_PROPERTY", isCombined: true, id: 5 },
    },
    {
      text: '{"method":"GET_PROPERTY","params":["combined"],"id":2}',
      message: { method: "GET_PROPERTY", id: 2 },
    },
  ])("$text is understood", ({ text, message }) => {
    expect(parseControlMessage(text)).toEqual(message);
  });

  // The venue's own words: binance-spot-api-docs, web-socket-streams.md, "Error Messages".
  test.each([
    {
      text: '{"method":"GET_PROPERTY","params":["speed"],"id":7}',
      answer: { code: 0, msg: "Unknown property", id: 7 },
    },
    {
      text: '{"method":"SET_PROPERTY","params":["combined","yes"],"id":7}',
      answer: { code: 1, msg: "Invalid value type: expected Boolean" },
    },
    {
      text: '{"method":"SET_PROPERTY","params":[],"id":7}',
      answer: { code: 2, msg: "Invalid request: property name must be a string" },
    },
    {
      text: '{"method":"SUBSCRIBE","params":[1],"id":7}',
      answer: { code: 2, msg: "Invalid request: property name must be a string" },
    },
    {
      text: '{"method":"SUBSCRIBE","params":["btcusdt@trade"]}',
      answer: { code: 2, msg: "Invalid request: request ID must be an unsigned integer" },
    },
    {
      text: '{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":"far-too-long-an-id-for-any-venue-to-take"}',
      answer: { code: 2, msg: "Invalid request: request ID must be an unsigned integer" },
    },
    {
      text: '{"method":"SUBSCRIBED","params":["btcusdt@trade"],"id":1}',
      answer: {
        code: 2,
        msg: "Invalid request: unknown variant `SUBSCRIBED`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 28",
      },
    },
    {
      text: '{"method":"GET_PROPERTY","params":["combined","now"],"id":7}',
      answer: { code: 2, msg: "Invalid request: too many parameters" },
    },
    {
      text: '{"params":["btcusdt@trade"],"id":1}',
      answer: { code: 2, msg: "Invalid request: missing field `method` at line 1 column 35" },
    },
    {
      text: '{"method":"SUBSCRIBE",}',
      answer: { code: 3, msg: "Invalid JSON: expected value at line 1 column 23" },
    },
    { text: "", answer: { code: 3, msg: "Invalid JSON: expected value at line 1 column 1" } },
    { text: "[]", answer: { code: 3, msg: "Invalid JSON: expected value at line 1 column 1" } },
  ])("$text is refused", ({ text, answer }) => {
    expect(parseControlMessage(text)).toEqual({ method: "refused", answer });
  });
});
