/** What calls say by themselves, in the languages that we have it in. `{n}` stands for a number or a key. */
const PHRASES = {
	connect: {
		en: "To speak with us now, press 1.",
		es: "Para hablar con nosotros ahora, pulse 1.",
		fr: "Pour nous parler maintenant, appuyez sur 1.",
		de: "Um jetzt mit uns zu sprechen, drücken Sie die 1.",
		it: "Per parlare subito con noi, prema 1.",
		pt: "Para falar connosco agora, prima 1.",
		nl: "Om nu met ons te spreken, toets 1.",
	},
	stopCalls: {
		en: "To stop these calls, press 9.",
		es: "Para no recibir más estas llamadas, pulse 9.",
		fr: "Pour ne plus recevoir ces appels, appuyez sur 9.",
		de: "Um diese Anrufe nicht mehr zu bekommen, drücken Sie die 9.",
		it: "Per non ricevere più queste chiamate, prema 9.",
		pt: "Para não receber mais estas chamadas, prima 9.",
		nl: "Om deze oproepen niet meer te krijgen, toets 9.",
	},
	details: {
		en: "For a message with the details, press {n}.",
		es: "Para recibir un mensaje con los detalles, pulse {n}.",
		fr: "Pour recevoir un message avec les détails, appuyez sur {n}.",
		de: "Für eine Nachricht mit den Einzelheiten drücken Sie die {n}.",
		it: "Per ricevere un messaggio con i dettagli, prema {n}.",
		pt: "Para receber uma mensagem com os detalhes, prima {n}.",
		nl: "Voor een bericht met de details, toets {n}.",
	},
	removed: {
		en: "You will not be called again. Goodbye.",
		es: "No le volveremos a llamar. Adiós.",
		fr: "Nous ne vous appellerons plus. Au revoir.",
		de: "Sie werden nicht wieder angerufen. Auf Wiederhören.",
		it: "Non la chiameremo più. Arrivederci.",
		pt: "Não voltaremos a ligar. Adeus.",
		nl: "U wordt niet meer gebeld. Tot ziens.",
	},
	goodbye: {
		en: "Goodbye.",
		es: "Adiós.",
		fr: "Au revoir.",
		de: "Auf Wiederhören.",
		it: "Arrivederci.",
		pt: "Adeus.",
		nl: "Tot ziens.",
	},
	callBack: {
		en: "Thank you. We will call you back.",
		es: "Gracias. Le devolveremos la llamada.",
		fr: "Merci. Nous vous rappellerons.",
		de: "Vielen Dank. Wir rufen Sie zurück.",
		it: "Grazie. La richiameremo.",
		pt: "Obrigado. Voltaremos a ligar.",
		nl: "Dank u. Wij bellen u terug.",
	},
	thanks: {
		en: "Thank you. Goodbye.",
		es: "Gracias. Adiós.",
		fr: "Merci. Au revoir.",
		de: "Vielen Dank. Auf Wiederhören.",
		it: "Grazie. Arrivederci.",
		pt: "Obrigado. Adeus.",
		nl: "Dank u. Tot ziens.",
	},
	sent: {
		en: "We have sent you a message.",
		es: "Le hemos enviado un mensaje.",
		fr: "Nous vous avons envoyé un message.",
		de: "Wir haben Ihnen eine Nachricht geschickt.",
		it: "Le abbiamo inviato un messaggio.",
		pt: "Enviámos-lhe uma mensagem.",
		nl: "Wij hebben u een bericht gestuurd.",
	},
	notSent: {
		en: "We could not send you a message.",
		es: "No hemos podido enviarle un mensaje.",
		fr: "Nous n'avons pas pu vous envoyer de message.",
		de: "Wir konnten Ihnen keine Nachricht schicken.",
		it: "Non siamo riusciti a inviarle un messaggio.",
		pt: "Não foi possível enviar-lhe uma mensagem.",
		nl: "Wij konden u geen bericht sturen.",
	},
	speak: {
		en: "Please speak after the tone.",
		es: "Hable después de la señal, por favor.",
		fr: "Veuillez parler après le signal.",
		de: "Bitte sprechen Sie nach dem Ton.",
		it: "Parli dopo il segnale acustico.",
		pt: "Por favor, fale depois do sinal.",
		nl: "Spreek na de toon, alstublieft.",
	},
	leaveMessage: {
		en: "Please leave a message after the tone.",
		es: "Deje un mensaje después de la señal, por favor.",
		fr: "Veuillez laisser un message après le signal.",
		de: "Bitte hinterlassen Sie nach dem Ton eine Nachricht.",
		it: "Lasci un messaggio dopo il segnale acustico.",
		pt: "Por favor, deixe uma mensagem depois do sinal.",
		nl: "Laat na de toon een bericht achter, alstublieft.",
	},
	nobodyFree: {
		en: "Nobody can take your call right now. Goodbye.",
		es: "En este momento nadie puede atender su llamada. Adiós.",
		fr: "Personne ne peut prendre votre appel pour le moment. Au revoir.",
		de: "Im Moment kann niemand Ihren Anruf annehmen. Auf Wiederhören.",
		it: "Al momento nessuno può rispondere alla sua chiamata. Arrivederci.",
		pt: "De momento ninguém pode atender a sua chamada. Adeus.",
		nl: "Op dit moment kan niemand uw oproep aannemen. Tot ziens.",
	},
	nextInLine: {
		en: "You are next in line. Please hold.",
		es: "Usted es el siguiente. Espere, por favor.",
		fr: "Vous êtes le prochain. Veuillez patienter.",
		de: "Sie sind als Nächstes dran. Bitte warten Sie.",
		it: "Lei è il prossimo. Attenda, per favore.",
		pt: "É o próximo. Aguarde, por favor.",
		nl: "U bent als volgende aan de beurt. Een ogenblik geduld.",
	},
	placeInLine: {
		en: "You are number {n} in line. Please hold.",
		es: "Es el número {n} en la cola. Espere, por favor.",
		fr: "Vous êtes en position {n}. Veuillez patienter.",
		de: "Sie sind auf Platz {n}. Bitte warten Sie.",
		it: "È in posizione {n}. Attenda, per favore.",
		pt: "É o número {n} na fila. Aguarde, por favor.",
		nl: "U bent nummer {n} in de rij. Een ogenblik geduld.",
	},
} satisfies Record<string, Record<string, string>>;

export type Phrase = keyof typeof PHRASES;

/** A text, and in which language a voice is to read it; undefined: the carrier's own, English. */
export type Said = [text: string, language: string | undefined];

/** A phrase in the language that somebody is spoken to in (BCP 47); where we have none in it, in English and as English. */
export function phrase(name: Phrase, language: string | undefined, n: number | string = ""): Said {
	const words: Record<string, string> = PHRASES[name];
	const own = language && words[language.split("-", 1)[0]?.toLowerCase() ?? ""];
	return [(own || PHRASES[name].en).replace("{n}", String(n)), own ? language : undefined];
}
