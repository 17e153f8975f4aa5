import type { IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { FaultKind } from "../faults/fault.ts";
import type { FaultMenu } from "../faults/fault-menu.ts";
import type { SimulatorSettings } from "../simulator-options.ts";
import { combinedText } from "../wire/frame-batch.ts";
import { Connection, type Traffic } from "./connection.ts";
import { parseControlMessage } from "./control-message.ts";
import { MessageRate } from "./message-rate.ts";
import type { Publisher } from "./publisher.ts";
import { parseStreamPath, type StreamPath } from "./stream-path.ts";

const CONNECTION_WINDOW_MS = 300_000;
const REFUSE: ReadonlySet<FaultKind> = new Set(["refuse-connections"] as const);

/** Policy violation (RFC 6455): the venue's answer to a client that asks too much. */
const CLOSE_POLICY = 1008;
const CLOSE_GOING_AWAY = 1001;

/** The stream side of the exchange: accepts connections, keeps their rules, ends them. */
export class StreamServer {
  readonly connections = new Map<number, Connection>();
  connectionsEver = 0;
  readonly traffic: Traffic = { frames: 0, bytes: 0, slowClientsCut: 0 };
  readonly #settings: SimulatorSettings;
  readonly #publisher: Publisher;
  readonly #menu: FaultMenu;
  readonly #onSubscribe: () => void;
  readonly #attempts = new Map<string, MessageRate>();
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: 1024 * 1024,
  });

  constructor(options: {
    readonly settings: SimulatorSettings;
    readonly publisher: Publisher;
    readonly menu: FaultMenu;
    readonly onSubscribe: () => void;
  }) {
    this.#settings = options.settings;
    this.#publisher = options.publisher;
    this.#menu = options.menu;
    this.#onSubscribe = options.onSubscribe;
  }

  /** Unread by the slowest client. */
  get unreadBytes(): number {
    return Math.max(0, ...[...this.connections.values()].map((each) => each.unreadBytes));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const remoteAddress = request.socket.remoteAddress ?? "";
    const path = parseStreamPath(request.url ?? "/");
    if (path === null) {
      refuse(socket, "404 Not Found");
      return;
    }
    const attempts = this.#attempts.get(remoteAddress) ?? new MessageRate(CONNECTION_WINDOW_MS);
    this.#attempts.set(remoteAddress, attempts);
    if (attempts.count(performance.now()) > this.#settings.limits.connectionsPer5Minutes) {
      refuse(socket, "429 Too Many Requests");
      return;
    }
    const [fault] = this.#menu.at(REFUSE, { market: path.market });
    if (fault !== undefined) {
      this.#menu.bite(fault);
      refuse(socket, "503 Service Unavailable");
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#accept(socket, webSocket, path, remoteAddress);
    });
  }

  /** The event that warns of a shutdown, to the connections that a fault aims at. */
  announceShutdown(connections: readonly Connection[], saidMs: number): void {
    for (const connection of connections) {
      const atMs = connection.options.unit === "ms" ? saidMs : saidMs * 1000;
      const event = `{"e":"serverShutdown","E":${atMs}}`;
      const text = connection.isCombined ? combinedText("!serverShutdown", event) : event;
      connection.answer(JSON.parse(text));
    }
  }

  close(): void {
    for (const connection of this.connections.values()) connection.destroy();
    this.#webSockets.close();
  }

  #accept(socket: Duplex, webSocket: WebSocket, path: StreamPath, remoteAddress: string): void {
    const { market, route, isCombined, unit } = path;
    const connection = new Connection(socket, webSocket, {
      id: ++this.connectionsEver,
      market,
      route,
      isCombined,
      unit,
      remoteAddress,
      outboundBytesMax: this.#settings.limits.outboundBytesMax,
      menu: this.#menu,
      traffic: this.traffic,
    });
    this.connections.set(connection.options.id, connection);
    const endTimers = this.#startTimers(connection, webSocket);
    const { limits } = this.#settings;
    const rate = new MessageRate(1_000);
    const isSpot = market === "spot";
    const perSecond = isSpot ? limits.messagesPerSecond : limits.futuresMessagesPerSecond;
    const isWithinRate = (): boolean => {
      if (rate.count(performance.now()) <= perSecond) return true;
      connection.close(CLOSE_POLICY, "Too many requests");
      return false;
    };
    webSocket.on("message", (data) => {
      if (isWithinRate()) this.#control(connection, String(data));
    });
    webSocket.on("ping", (payload) => {
      if (isWithinRate()) connection.pong(payload);
    });
    webSocket.on("pong", () => isWithinRate());
    // ws closes the connection itself after a protocol error; the event only must not go unheard.
    webSocket.on("error", () => undefined);
    webSocket.on("close", () => {
      endTimers();
      connection.dispose();
      this.#publisher.remove(connection);
      this.connections.delete(connection.options.id);
    });
    this.#subscribe(connection, path.streams);
  }

  #startTimers(connection: Connection, webSocket: WebSocket): () => void {
    const { timers } = this.#settings;
    const isSpot = connection.options.market === "spot";
    const pingMs = isSpot ? timers.pingMs : timers.futuresPingMs;
    const pongTimeoutMs = isSpot ? timers.pongTimeoutMs : timers.futuresPongTimeoutMs;
    /** Pings that nobody has answered, oldest first: payload → when it was sent. */
    const unanswered = new Map<string, number>();
    const ping = setInterval(() => {
      const payload = String(Date.now());
      unanswered.set(payload, performance.now());
      if (connection.isOpen && !connection.isHalfOpen) webSocket.ping(payload);
    }, pingMs);
    webSocket.on("pong", (bytes) => {
      const answered = unanswered.get(String(bytes));
      // Unsolicited pongs are allowed, but only a copy of a ping keeps the connection.
      if (answered === undefined) return;
      for (const [payload, sentMs] of unanswered) {
        if (sentMs <= answered) unanswered.delete(payload);
      }
    });
    const isLate = (): boolean => {
      const [oldestMs = Number.POSITIVE_INFINITY] = unanswered.values();
      return performance.now() - oldestMs >= pongTimeoutMs && !connection.isHalfOpen;
    };
    const watch = setInterval(
      () => {
        // A pong that has come while this process was busy is read before the second look.
        if (isLate()) setImmediate(() => isLate() && connection.destroy());
      },
      Math.min(1_000, Math.ceil(pongTimeoutMs / 4)),
    );
    const life = setTimeout(() => connection.close(CLOSE_GOING_AWAY), timers.lifeMs);
    return () => {
      clearInterval(ping);
      clearInterval(watch);
      clearTimeout(life);
    };
  }

  #subscribe(connection: Connection, names: readonly string[]): void {
    for (const name of names) this.#publisher.subscribe(connection, name);
    if (connection.streams.size > this.#settings.limits.streamsPerConnection) {
      connection.close(CLOSE_POLICY, "Too many streams");
    } else if (names.length > 0) this.#onSubscribe();
  }

  #control(connection: Connection, text: string): void {
    const message = parseControlMessage(text);
    switch (message.method) {
      case "refused":
        connection.answer(message.answer);
        return;
      case "SUBSCRIBE":
        // The acknowledgement comes before the first event.
        connection.answer({ result: null, id: message.id });
        this.#subscribe(connection, message.streams);
        return;
      case "UNSUBSCRIBE":
        for (const name of message.streams) this.#publisher.unsubscribe(connection, name);
        connection.answer({ result: null, id: message.id });
        return;
      case "LIST_SUBSCRIPTIONS":
        connection.answer({ result: [...connection.streams], id: message.id });
        return;
      case "SET_PROPERTY":
        connection.isCombined = message.isCombined;
        connection.answer({ result: null, id: message.id });
        return;
      case "GET_PROPERTY":
        connection.answer({ result: connection.isCombined, id: message.id });
        return;
    }
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
