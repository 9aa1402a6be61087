type Words = { next: string; place: (position: number) => string };

const WORDS: Record<string, Words> = {
	en: { next: "You are next in line. Please hold.", place: (n) => `You are number ${n} in line. Please hold.` },
	es: {
		next: "Usted es el siguiente. Espere, por favor.",
		place: (n) => `Es el número ${n} en la cola. Espere, por favor.`,
	},
	fr: {
		next: "Vous êtes le prochain. Veuillez patienter.",
		place: (n) => `Vous êtes en position ${n}. Veuillez patienter.`,
	},
	de: {
		next: "Sie sind als Nächstes dran. Bitte warten Sie.",
		place: (n) => `Sie sind auf Platz ${n}. Bitte warten Sie.`,
	},
	it: { next: "Lei è il prossimo. Attenda, per favore.", place: (n) => `È in posizione ${n}. Attenda, per favore.` },
	pt: {
		next: "Você é o próximo. Aguarde, por favor.",
		place: (n) => `Você é o número ${n} na fila. Aguarde, por favor.`,
	},
	nl: {
		next: "U bent als volgende aan de beurt. Een ogenblik geduld.",
		place: (n) => `U bent nummer ${n} in de rij. Een ogenblik geduld.`,
	},
};

/** Where somebody stands in line, in the language that they are spoken to in; where we have no words in it, in English and as English. */
export function placeInLine(
	position: number,
	language: string | undefined,
): { text: string; language: string | undefined } {
	const own = language && WORDS[language.split("-", 1)[0]?.toLowerCase() ?? ""];
	const words = own || (WORDS.en as Words);
	return { text: position === 1 ? words.next : words.place(position), language: own ? language : undefined };
}
