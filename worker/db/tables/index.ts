// The tables as Drizzle sees them. The migrations are the truth; schema.test.ts compares the two.

export * from "./assistants";
export * from "./attempts";
export * from "./calls";
export * from "./campaigns";
export * from "./contacts";
export * from "./identity";
export * from "./insights";
export * from "./live";
export * from "./messages";
export * from "./numbers";
export * from "./payments";
export * from "./voice";
export * from "./wallet";
export * from "./webhooks";
