"""The words of automated messages that nobody has changed, by language."""

from collections.abc import Mapping
from typing import Final

from workstreams.terms import Channel
from workstreams.terms import MessageTrigger as T

FALLBACK_LOCALE: Final = "en"

WORDS: Final[Mapping[str, Mapping[T, str]]] = {
    "en": {
        T.GREETING: "Hello! How can we help you?",
        T.AGENT_ASSIGNED: "{AgentName} takes care of your request.",
        T.AGENT_JOINED: "{AgentName} has joined the conversation.",
        T.TRANSFER_ACCEPTED: "{AgentName} has taken over the conversation.",
        T.AGENT_NOT_ASSIGNED: "Nobody is there for your request at the moment. We will answer"
        " as soon as we can.",
        T.AGENT_ENDED: "{AgentName} has ended the conversation.",
        T.SESSION_ENDED: "This conversation is closed. Thank you for contacting us.",
        T.OVERFLOW_ENDED: "We cannot take your request at the moment, so this conversation"
        " ends here. Please contact us again later.",
        T.AGENT_DISCONNECTED: "The connection to {AgentName} is lost. Please wait a moment.",
        T.CUSTOMER_DISCONNECTED: "The customer has left the conversation.",
        T.HOLIDAY: "Today is a holiday and we are not here. We will answer when we are back.",
        T.OUT_OF_HOURS: "You have reached us outside our operating hours. We will answer when"
        " we are back.",
        T.NEXT_IN_LINE: "You are next. Someone will be with you shortly.",
        T.POSITION_IN_QUEUE: "Customers before you: {Position}.",
        T.WAIT_MINUTES: "The average wait is {WaitMinutes} min.",
        T.WAIT_HOURS: "The average wait is {WaitHours} h.",
        T.WAIT_HOURS_MINUTES: "The average wait is {WaitHours} h {WaitMinutes} min.",
        T.CONSULT_ACCEPTED: "Another agent has joined to help.",
        T.CONSULT_ENDED: "The other agent has left.",
        T.AGENT_JOINED_CUSTOMER: "{AgentName} has joined the conversation.",
        T.AGENT_LEFT_CUSTOMER: "{AgentName} has left the conversation.",
        T.OFFER_CALLBACK: "Press 1 to be called back. You keep your place.",
        T.CALLBACK_RESPONSE: "We will call you back. Goodbye.",
        T.OVERFLOW_CALLBACK: "Many customers are waiting. Press 1 to be called back.",
    },
    "de": {
        T.GREETING: "Guten Tag! Wie können wir Ihnen helfen?",
        T.AGENT_ASSIGNED: "{AgentName} kümmert sich um Ihr Anliegen.",
        T.AGENT_JOINED: "{AgentName} ist der Unterhaltung beigetreten.",
        T.TRANSFER_ACCEPTED: "{AgentName} hat die Unterhaltung übernommen.",
        T.AGENT_NOT_ASSIGNED: "Zurzeit ist niemand für Ihr Anliegen da. Wir antworten, sobald"
        " wir können.",
        T.AGENT_ENDED: "{AgentName} hat die Unterhaltung beendet.",
        T.SESSION_ENDED: "Diese Unterhaltung ist geschlossen. Danke für Ihre Nachricht.",
        T.OVERFLOW_ENDED: "Wir können Ihr Anliegen im Moment nicht annehmen, deshalb endet"
        " diese Unterhaltung hier. Bitte melden Sie sich später noch einmal.",
        T.AGENT_DISCONNECTED: "Die Verbindung zu {AgentName} ist unterbrochen. Bitte warten Sie"
        " einen Moment.",
        T.CUSTOMER_DISCONNECTED: "Der Kunde hat die Unterhaltung verlassen.",
        T.HOLIDAY: "Heute ist Feiertag und wir sind nicht da. Wir antworten, sobald wir zurück"
        " sind.",
        T.OUT_OF_HOURS: "Sie erreichen uns außerhalb unserer Servicezeiten. Wir antworten,"
        " sobald wir zurück sind.",
        T.NEXT_IN_LINE: "Sie sind als Nächstes an der Reihe. Gleich ist jemand für Sie da.",
        T.POSITION_IN_QUEUE: "Kunden vor Ihnen: {Position}.",
        T.WAIT_MINUTES: "Die durchschnittliche Wartezeit beträgt {WaitMinutes} Min.",
        T.WAIT_HOURS: "Die durchschnittliche Wartezeit beträgt {WaitHours} Std.",
        T.WAIT_HOURS_MINUTES: "Die durchschnittliche Wartezeit beträgt {WaitHours} Std."
        " {WaitMinutes} Min.",
        T.CONSULT_ACCEPTED: "Eine weitere Person ist zur Beratung beigetreten.",
        T.CONSULT_ENDED: "Die weitere Person hat die Unterhaltung verlassen.",
        T.AGENT_JOINED_CUSTOMER: "{AgentName} ist der Unterhaltung beigetreten.",
        T.AGENT_LEFT_CUSTOMER: "{AgentName} hat die Unterhaltung verlassen.",
        T.OFFER_CALLBACK: "Drücken Sie die 1, um zurückgerufen zu werden. Sie behalten Ihren"
        " Platz.",
        T.CALLBACK_RESPONSE: "Wir rufen Sie zurück. Auf Wiederhören.",
        T.OVERFLOW_CALLBACK: "Es warten viele Kunden. Drücken Sie die 1, um zurückgerufen zu"
        " werden.",
    },
    "fr": {
        T.GREETING: "Bonjour ! Comment pouvons-nous vous aider ?",
        T.AGENT_ASSIGNED: "{AgentName} s'occupe de votre demande.",
        T.AGENT_JOINED: "{AgentName} a rejoint la conversation.",
        T.TRANSFER_ACCEPTED: "{AgentName} a repris la conversation.",
        T.AGENT_NOT_ASSIGNED: "Personne n'est disponible pour votre demande en ce moment. Nous"
        " répondrons dès que possible.",
        T.AGENT_ENDED: "{AgentName} a mis fin à la conversation.",
        T.SESSION_ENDED: "Cette conversation est close. Merci de nous avoir contactés.",
        T.OVERFLOW_ENDED: "Nous ne pouvons pas traiter votre demande pour le moment ; cette"
        " conversation se termine donc ici. Merci de nous recontacter plus tard.",
        T.AGENT_DISCONNECTED: "La connexion avec {AgentName} est interrompue. Veuillez patienter"
        " un instant.",
        T.CUSTOMER_DISCONNECTED: "Le client a quitté la conversation.",
        T.HOLIDAY: "Aujourd'hui est un jour férié et nous sommes absents. Nous répondrons à"
        " notre retour.",
        T.OUT_OF_HOURS: "Vous nous contactez en dehors de nos heures d'ouverture. Nous"
        " répondrons à notre retour.",
        T.NEXT_IN_LINE: "C'est bientôt votre tour. Quelqu'un va vous répondre.",
        T.POSITION_IN_QUEUE: "Clients avant vous : {Position}.",
        T.WAIT_MINUTES: "L'attente moyenne est de {WaitMinutes} min.",
        T.WAIT_HOURS: "L'attente moyenne est de {WaitHours} h.",
        T.WAIT_HOURS_MINUTES: "L'attente moyenne est de {WaitHours} h {WaitMinutes} min.",
        T.CONSULT_ACCEPTED: "Une autre personne nous a rejoints pour aider.",
        T.CONSULT_ENDED: "L'autre personne est partie.",
        T.AGENT_JOINED_CUSTOMER: "{AgentName} a rejoint la conversation.",
        T.AGENT_LEFT_CUSTOMER: "{AgentName} a quitté la conversation.",
        T.OFFER_CALLBACK: "Appuyez sur 1 pour être rappelé. Vous gardez votre place.",
        T.CALLBACK_RESPONSE: "Nous vous rappellerons. Au revoir.",
        T.OVERFLOW_CALLBACK: "De nombreux clients attendent. Appuyez sur 1 pour être rappelé.",
    },
    "es": {
        T.GREETING: "¡Hola! ¿En qué podemos ayudarle?",
        T.AGENT_ASSIGNED: "{AgentName} se ocupa de su solicitud.",
        T.AGENT_JOINED: "{AgentName} se ha unido a la conversación.",
        T.TRANSFER_ACCEPTED: "{AgentName} se ha hecho cargo de la conversación.",
        T.AGENT_NOT_ASSIGNED: "En este momento no hay nadie para su solicitud. Le responderemos"
        " en cuanto podamos.",
        T.AGENT_ENDED: "{AgentName} ha finalizado la conversación.",
        T.SESSION_ENDED: "Esta conversación está cerrada. Gracias por contactarnos.",
        T.OVERFLOW_ENDED: "En este momento no podemos atender su solicitud, por lo que esta"
        " conversación termina aquí. Vuelva a ponerse en contacto con nosotros más tarde.",
        T.AGENT_DISCONNECTED: "Se ha perdido la conexión con {AgentName}. Espere un momento, por"
        " favor.",
        T.CUSTOMER_DISCONNECTED: "El cliente ha abandonado la conversación.",
        T.HOLIDAY: "Hoy es festivo y no estamos. Le responderemos cuando volvamos.",
        T.OUT_OF_HOURS: "Nos contacta fuera de nuestro horario. Le responderemos cuando volvamos.",
        T.NEXT_IN_LINE: "Usted es el siguiente. Enseguida le atenderemos.",
        T.POSITION_IN_QUEUE: "Clientes antes que usted: {Position}.",
        T.WAIT_MINUTES: "La espera media es de {WaitMinutes} min.",
        T.WAIT_HOURS: "La espera media es de {WaitHours} h.",
        T.WAIT_HOURS_MINUTES: "La espera media es de {WaitHours} h {WaitMinutes} min.",
        T.CONSULT_ACCEPTED: "Otra persona se ha unido para ayudar.",
        T.CONSULT_ENDED: "La otra persona se ha ido.",
        T.AGENT_JOINED_CUSTOMER: "{AgentName} se ha unido a la conversación.",
        T.AGENT_LEFT_CUSTOMER: "{AgentName} ha dejado la conversación.",
        T.OFFER_CALLBACK: "Pulse 1 para que le llamemos. Conserva su lugar.",
        T.CALLBACK_RESPONSE: "Le llamaremos. Adiós.",
        T.OVERFLOW_CALLBACK: "Hay muchos clientes en espera. Pulse 1 para que le llamemos.",
    },
}
# A chat that is not persistent ends minutes after it is left: it promises no answer for later.
IN_CHATS: Final[Mapping[str, Mapping[T, str]]] = {
    "en": {
        T.HOLIDAY: "Today is a holiday and we are not here.",
        T.OUT_OF_HOURS: "You have reached us outside our operating hours. Nobody is here now.",
    },
    "de": {
        T.HOLIDAY: "Heute ist Feiertag und wir sind nicht da.",
        T.OUT_OF_HOURS: "Sie erreichen uns außerhalb unserer Servicezeiten. Zurzeit ist niemand"
        " da.",
    },
    "fr": {
        T.HOLIDAY: "Aujourd'hui est un jour férié et nous sommes absents.",
        T.OUT_OF_HOURS: "Vous nous contactez en dehors de nos heures d'ouverture. Personne n'est"
        " là pour le moment.",
    },
    "es": {
        T.HOLIDAY: "Hoy es festivo y no estamos.",
        T.OUT_OF_HOURS: "Nos contacta fuera de nuestro horario. En este momento no hay nadie.",
    },
}


def built_in_words(trigger: T, channel: str) -> dict[str, str]:
    """What a trigger says on the channel, by language."""
    own = IN_CHATS if channel == Channel.LIVE_CHAT else {}
    return {
        locale: own.get(locale, {}).get(trigger, words[trigger]) for locale, words in WORDS.items()
    }
