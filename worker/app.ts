import { Hono } from "hono";
import { assistantHooks } from "./assistants/hooks";
import { assistantsApi } from "./assistants/routes";
import { consultsApi } from "./calls/consult/routes";
import { callHooks, lineHooks } from "./calls/hooks";
import { holdMusicDoor, queuesApi } from "./calls/queues/routes";
import { callsApi } from "./calls/routes";
import { campaignsApi } from "./campaigns/routes";
import { closingApi } from "./closing/routes";
import { reachApi } from "./consent/reach/routes";
import { consentApi } from "./consent/routes";
import { contactsApi } from "./contacts/routes";
import { dialingHooks } from "./dialing/hooks";
import { dialingApi } from "./dialing/routes";
import { mediaDoor } from "./greetings/media";
import { greetingsApi } from "./greetings/routes";
import { answerError, answerNotFound } from "./http/answer";
import { providersBody, usualBody } from "./http/body-size";
import { headers } from "./http/headers";
import { house } from "./http/house";
import type { HttpEnv } from "./http/http-env";
import { RememberingRouter } from "./http/remembering-router";
import { avatarsDoor } from "./identity/avatars/routes";
import { identityApi } from "./identity/routes";
import { insightsApi } from "./insights/routes";
import { liveApi } from "./live/routes";
import { conversationsApi } from "./messages/conversations/routes";
import { messageHooks } from "./messages/hooks";
import { mediaApi, messageMediaDoor } from "./messages/media/routes";
import { pretendApi } from "./messages/pretend/routes";
import { messagesApi } from "./messages/routes";
import { scheduledApi } from "./messages/scheduled/routes";
import { templatesApi } from "./messages/templates/routes";
import { carrierLinesApi } from "./numbers/admin-routes";
import { channelsApi } from "./numbers/channel-routes";
import { numbersApi } from "./numbers/routes";
import { differencesApi } from "./operations/differences/routes";
import { operationsApi } from "./operations/routes";
import { paymentHooks } from "./payments/hooks";
import { paymentsApi } from "./payments/routes";
import { lineRecordingApi } from "./recordings/lines/routes";
import { recordingsApi, recordingsDoor } from "./recordings/routes";
import { ringGroupsApi } from "./routing/groups/routes";
import { signalingApi } from "./signaling/routes";
import { sipApi } from "./sip/routes";
import { transfersApi } from "./transfers/routes";
import { noticesApi } from "./wallet/notices/routes";
import { walletApi } from "./wallet/routes";
import { webhooksApi } from "./webhooks/routes";

// One line per room. The chain is what gives the site's client its types.
const api = new Hono<HttpEnv>()
	.route("/", operationsApi)
	.route("/", identityApi)
	.route("/", closingApi)
	.route("/", numbersApi)
	.route("/", channelsApi)
	.route("/", carrierLinesApi)
	.route("/", walletApi)
	.route("/", signalingApi)
	.route("/", callsApi)
	.route("/", consultsApi)
	.route("/", noticesApi)
	.route("/", paymentsApi)
	.route("/", differencesApi)
	.route("/", liveApi)
	.route("/", messagesApi)
	.route("/", conversationsApi)
	.route("/", templatesApi)
	.route("/", scheduledApi)
	.route("/", mediaApi)
	.route("/", pretendApi)
	.route("/", contactsApi)
	.route("/", consentApi)
	.route("/", reachApi)
	.route("/", greetingsApi)
	.route("/", transfersApi)
	.route("/", assistantsApi)
	.route("/", insightsApi)
	.route("/", webhooksApi)
	.route("/", sipApi)
	.route("/", recordingsApi)
	.route("/", lineRecordingApi)
	.route("/", queuesApi)
	.route("/", ringGroupsApi)
	.route("/campaigns", campaignsApi)
	.route("/campaigns", dialingApi);

export const app = new Hono<HttpEnv>({ router: new RememberingRouter() })
	.use(headers)
	.use("/api/*", usualBody)
	.use("/webhooks/*", providersBody)
	.use(house)
	.route("/api", api)
	.route("/media/recordings", recordingsDoor)
	.route("/media/hold-music", holdMusicDoor)
	.route("/media", mediaDoor)
	.route("/media/avatars", avatarsDoor)
	.route("/media/messages", messageMediaDoor)
	.route("/webhooks/twilio/messages", messageHooks)
	.route("/webhooks/twilio/voice", lineHooks)
	.route("/webhooks/twilio/voice", dialingHooks)
	.route("/webhooks/twilio/calls", callHooks)
	.route("/webhooks", assistantHooks)
	.route("/webhooks", paymentHooks);

app.onError(answerError);
app.notFound(answerNotFound);

/** What `hono/client` needs to know of the API. */
export type Api = typeof app;
