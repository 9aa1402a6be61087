import { ulid } from "ulid";
import type { Db } from "../../db/client";
import type { Env, Settings } from "../../env";
import type { Mailer } from "./mailer";
import { keepMail } from "./store";

/** The platform's mail binding where there is one; else, outside production, an outbox that a page shows. */
export function mailerFor({ EMAIL }: Pick<Env, "EMAIL">, settings: Settings, db: Db): Mailer {
	const { MAIL_FROM: from, ENVIRONMENT } = settings;
	if (EMAIL && from)
		return {
			name: "binding",
			async send(mail) {
				await EMAIL.send({ from, ...mail });
			},
		};
	if (ENVIRONMENT !== "production")
		return { name: "outbox", send: (mail) => keepMail(db, { id: `mail_${ulid()}`, createdAt: Date.now(), ...mail }) };
	return {
		name: "none",
		async send({ subject }) {
			console.error(
				JSON.stringify({
					level: "error",
					error: "no mail is sent: MAIL_FROM or the EMAIL binding is missing",
					subject,
				}),
			);
		},
	};
}
