import { Hono } from "hono";
import type { HttpEnv } from "../http/http-env";
import { peopleApi } from "./people/routes";
import { sessionsApi } from "./sessions/routes";

export const identityApi = new Hono<HttpEnv>().route("/auth", sessionsApi).route("/", peopleApi);
