import { Hono } from "hono";
import * as z from "zod";
import { Fault, notFound } from "../errors";
import { answerWith } from "../greetings/media";
import type { HttpEnv } from "../http/http-env";
import { MediaQuery } from "../http/media-links";
import { ownersOnly } from "../http/owners-only";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor, personFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { reachOf } from "../numbers/reach";
import { removeRecordings } from "./fetch-recording";
import { Done, OfCall, RecordingUrl, Voicemail, VoicemailQuery, VoiceSettings, VoiceSettingsChange } from "./inputs";
import { playRecording } from "./play";
import { changeVoiceSettings } from "./settings";
import { recordingOnWire, voicemailOnWire } from "./shape";
import { findVoiceSettings, hearing, recordingOfCall, voicemailPage } from "./store";

const Key = z.tuple([z.string()]);

/** What was recorded: where to hear it, messages that callers left, and what is recorded at all. */
export const recordingsApi = new Hono<HttpEnv>()
	.use("/recordings/*", signedIn)
	.use("/voicemail/*", signedIn)
	.use("/voice-settings", signedIn, ownersOnly)
	.get(
		"/recordings/:callId",
		says("Where a call's recording can be heard for some minutes", 200, RecordingUrl),
		valid("param", OfCall),
		async (c) => {
			const { scope } = c.var;
			const row = await recordingOfCall(scope.db, scope.accountId, reachOf(scope), c.req.valid("param").callId);
			if (!row || row.status === "failed") throw notFound("Recording");
			if (row.status !== "ready") throw new Fault("not_ready", "The recording is not here yet", { retryAfter: 5 });
			return c.json(recordingOnWire(scope, row));
		},
	)
	.delete(
		"/recordings/:callId",
		says("Deletes what was recorded of a call", 200, Done),
		valid("param", OfCall),
		async (c) => {
			const { scope } = c.var;
			const gone = await removeRecordings(scope, scope.accountId, reachOf(scope), c.req.valid("param"));
			if (gone === 0) throw notFound("Recording");
			return c.json({ success: true as const });
		},
	)
	.get(
		"/voicemail",
		says("Messages that callers left, latest first", 200, PageShape(Voicemail)),
		valid("query", VoicemailQuery),
		async (c) => {
			const { limit, cursor, userId, unheard } = c.req.valid("query");
			const scope = await personFor(c.var.scope, userId);
			const before = decodeCursor(cursor, Key)?.[0];
			const asked = { reach: reachOf(scope), unheard: unheard === "true", before, limit };
			const rows = await voicemailPage(scope.db, scope.accountId, asked);
			return c.json(pageOf(rows, limit, ({ recording }) => [recording.id], voicemailOnWire(scope)));
		},
	)
	.post("/voicemail/:id/read", says("Says that a message was heard", 200, Done), async (c) => {
		const { scope } = c.var;
		const [heard] = await hearing(scope.db, scope.accountId, reachOf(scope), c.req.param("id"), scope.now());
		if (!heard) throw notFound("Message");
		return c.json({ success: true as const });
	})
	.delete("/voicemail/:id", says("Deletes a message", 200, Done), async (c) => {
		const { scope } = c.var;
		const gone = await removeRecordings(scope, scope.accountId, reachOf(scope), { id: c.req.param("id") });
		if (gone === 0) throw notFound("Message");
		return c.json({ success: true as const });
	})
	.get("/voice-settings", says("What is recorded, and for how long", 200, VoiceSettings), async (c) => {
		const { db, accountId } = c.var.scope;
		const { recordCalls, announcement, transcribe, retentionDays } = await findVoiceSettings(db, accountId);
		return c.json({ recordCalls, announcement, transcribe, retentionDays });
	})
	.patch(
		"/voice-settings",
		says("Decides what is recorded, and for how long", 200, VoiceSettings),
		valid("json", VoiceSettingsChange),
		async (c) => {
			const { userId, ...change } = c.req.valid("json");
			return c.json(await changeVoiceSettings(await actingFor(c.var.scope, userId), change));
		},
	);

/** Recordings by their signed addresses. */
export const recordingsDoor = new Hono<HttpEnv>().get("/:id", valid("query", MediaQuery), async (c) =>
	answerWith(
		await playRecording(c.var.house, {
			id: c.req.param("id"),
			signed: c.req.valid("query"),
			range: c.req.header("range"),
		}),
	),
);
