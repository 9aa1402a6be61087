/** Takes a mail on its way. Resolves when it is somebody else's to deliver. */
export interface Mailer {
	readonly name: "binding" | "outbox" | "none";
	send(mail: Mail): Promise<void>;
}

export interface Mail {
	to: string;
	subject: string;
	text: string;
}
