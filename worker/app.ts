import { Hono } from "hono";
import { answerError, answerNotFound } from "./http/answer";
import { headers } from "./http/headers";
import { house } from "./http/house";
import type { HttpEnv } from "./http/http-env";
import { identityApi } from "./identity/routes";
import { operationsApi } from "./operations/routes";

// One line per room. The chain is what gives the site's client its types.
const api = new Hono<HttpEnv>().route("/", operationsApi).route("/", identityApi);

export const app = new Hono<HttpEnv>().use(headers).use(house).route("/api", api);

app.onError(answerError);
app.notFound(answerNotFound);

/** What `hono/client` needs to know of the API. */
export type Api = typeof app;
