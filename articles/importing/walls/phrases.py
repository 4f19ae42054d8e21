"""How pages say that they are not an article, in the languages that are met most.

Each pattern is held against one short block of a page, never against running prose: a text about
such pages quotes these words inside its paragraphs.
"""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# The whole of a title's part or of a heading.
NOT_FOUND = _any_of(
    r"(?:error|fehler|erreur|errore|erro|ошибка|http)?\W*404\W*(?:error|fehler|erreur|errore|"
    r"(?:page |file )?not found|(?:seite )?nicht gefunden|page (?:introuvable|non trouvée)|"
    r"página no encontrada|pagina non trovata|página não encontrada|страница не найдена)?",
    r"(?:oops|sorry|hmm|uh-oh|ups|désolé|lo sentimos|извините)?\W*(?:the |this |that |your )?"
    r"(?:requested )?(?:page|file|document|article|content|resource|url)\W+(?:(?:you \w+(?: \w+)?|"
    r"requested) )?"
    r"(?:(?:was |were |is |could |can |cannot |can[’']?t |couldn[’']?t )?(?:not )?(?:be )?found|"
    r"(?:is )?no longer (?:available|exists?)|(?:does not|doesn[’']t|no longer) exists?|"
    r"(?:is |has been )?(?:un|not )available|has (?:been )?(?:moved|removed|deleted))",
    r"(?:oops|sorry)?\W*(?:we )?(?:can[’']?t|cannot|could not|couldn[’']?t) (?:seem to )?find "
    r"(?:that|this|the|your)\b.{0,40}\bpage\b.{0,30}",
    r"(?:sorry\W*)?(?:nothing|no results?)(?: was| were)?(?: here| found)+|not found",
    r"(?:diese |die )?(?:angeforderte |gewünschte )?(?:seite|datei)(?: (?:wurde|konnte|existiert|"
    r"ist))?"
    r"(?: leider)?(?: nicht (?:gefunden(?: werden)?|vorhanden|verfügbar|mehr verfügbar)| nicht(?: "
    r"mehr)?)",
    r"(?:(?:la |cette )?page (?:demandée )?(?:est |n[’']est |n[’']a pas été |n[’']existe )?"
    r"(?:introuvable|non trouvée|trouvée|pas|plus disponible)(?: n[’']existe pas)?)",
    r"(?:la )?página (?:solicitada )?(?:no (?:se )?(?:ha sido |ha |fue )?(?:encontrada|encontrado|"
    r"existe|"
    r"disponible)|não (?:foi )?encontrada)",
    r"(?:la )?pagina (?:richiesta )?non (?:è stata )?(?:trovata|esiste|disponibile)",
    r"pagina niet gevonden|sidan (?:hittades inte|kunde inte hittas)|siden (?:blev )?ikke "
    r"(?:fundet|funnet)",
    r"(?:ta )?strona nie (?:została znaleziona|istnieje)|nie znaleziono strony|stránka nenalezena",
    r"sayfa bulunamadı|(?:страница|документ) не (?:найден|существует)а?|сторінк[уа] не знайдено",
    r"(?:عذر[اًا]*\W*)?(?:لم يتم العثور على (?:هذه )?الصفحة|الصفحة (?:المطلوبة )?غير موجودة)",
    r"(?:ה)?(?:דף|עמוד) (?:המבוקש )?(?:לא נמצא|אינו קיים)",
    r"(?:页面|网页|頁面|網頁)(?:未找到|不存在|找不到)|找不到(?:页面|网页|頁面|網頁)|您访问的页面不存在",
    r"(?:お探しの)?ページ(?:が|は)(?:見つかりません(?:でした)?|存在しません)|"
    r"페이지를 찾을 수 없습니다",
)
FAILED = _any_of(
    r"(?:error\W*)?(?:400|401|403|429|500|502|503|504)\W*(?:error|bad request|unauthori[sz]ed|"
    r"forbidden|too many requests|internal server error|bad gateway|"
    r"service (?:temporarily )?unavailable|gateway time-?out)?",
    r"(?:access (?:is |has been )?(?:denied|forbidden|restricted)|forbidden|internal server error|"
    r"bad gateway|service (?:temporarily )?unavailable|gateway time-?out|"
    r"error establishing a database connection|an error (?:has )?occurred|something went wrong|"
    r"unavailable (?:for legal reasons|in your (?:region|country|location)))",
    r"(?:(?:site|website) )?(?:is )?(?:down for |under |undergoing )(?:scheduled )?maintenance",
    r"wartungs(?:arbeiten|modus)|zugriff verweigert|accès refusé|site en maintenance|"
    r"acceso denegado|accesso negato|доступ запрещ[её]н|технические работы|تم رفض الوصول",
)
BOT_TITLE = _any_of(
    r"just a moment|(?:nur )?einen moment(?: bitte)?|un instant|un moment(?:o|ito)?|um momento|"
    r"een moment geduld|один момент|请稍候|しばらくお待ちください|잠시만 기다리십시오",
    r"attention required!?(?:\W+cloudflare)?|one more step|security check(?: required)?|"
    r"(?:ddos-guard|are you (?:a )?(?:robot|human)|robot check|captcha|recaptcha|pardon our "
    r"interruption|"
    r"human verification|bot verification|access to this page has been denied|"
    r"(?:please )?verify (?:that )?you are (?:a )?human|checking your browser.{0,40}|"
    r"request unsuccessful.{0,40}|client challenge|radware bot manager captcha)",
)
BOT = _any_of(
    r"(?:verify(?:ing)?|confirm|prove|make sure|ensure|check(?:ing)?|needs? to review|be sure|"
    r"checks?) "
    r"(?:that |if |whether )?(?:you are|you[’']re) (?:a )?(?:human|real person|not a (?:ro)?bot)",
    r"checking (?:if the site connection is secure|your browser before)",
    r"(?:i[’']?m|i am) not a robot|complete the (?:security check|captcha)|unusual (?:traffic|"
    r"activity) "
    r"(?:from|has been)|performance (?:&|and) security by cloudflare|ddos protection by",
    r"enable javascript and cookies to continue|ich bin kein roboter|"
    r"(?:prüfen|bestätigen) sie, dass sie (?:ein )?mensch|vérifi\w+ que vous (?:êtes|n[’']êtes "
    r"pas)",
    r"verifi\w+ que (?:eres|usted es|é) (?:un )?(?:humano|ser humano)|я не робот|"
    r"подтвердите,? что (?:вы|запросы)|أنا لست روبوت|אני לא רובוט|我不是机器人|人机验证|"
    r"私はロボットではありません",
)
CONSENT = _any_of(
    r"\b(?:we|this (?:web)?site|our (?:web)?site)(?:,? (?:and|together with) (?:our|\d+|its) "
    r".{0,40}?)?"
    r" (?:use|uses|store|would like to use)\b.{0,60}\bcookies\b",
    r"\b(?:we|us) and our (?:\d+ )?(?:\w+ )?partners\b|\baccept all(?: cookies)?\b|"
    r"\b(?:reject|decline|refuse) all\b|\bmanage (?:my |your )?(?:cookies|preferences|choices|"
    r"settings)\b|"
    r"\bcookie (?:settings|preferences|notice)\b|\blegitimate interests?\b|"
    r"\bstore and/or access information\b|\bbefore you continue to\b|\bwe value your privacy\b",
    r"\b(?:wir|diese (?:web)?seite)\b.{0,60}\b(?:verwende[nt]|nutz(?:en|t)|setz(?:en|"
    r"t))\b.{0,40}\bcookies\b|"
    r"\balle (?:cookies )?(?:akzeptieren|ablehnen|annehmen)\b|\bberechtigtes interesse\b|"
    r"\bmit werbung (?:und tracking )?(?:weiter)?lesen\b|\b(?:wir und|unsere) \w* ?partner\b",
    r"\bnous (?:et nos .{0,20}partenaires|utilisons des cookies)\b|\b(?:tout (?:accepter|refuser)|"
    r"accepter et continuer|continuer sans accepter)\b|\bnos \d* ?partenaires\b",
    r"\butili[zs]amos cookies\b|\b(?:aceptar|rechazar|aceitar|rejeitar) (?:todas|tudo|todos)\b|"
    r"\butilizziamo i cookie\b|\baccetta (?:tutti|e continua)\b|\bwij gebruiken cookies\b|"
    r"\bnuestros \d* ?socios\b",
    r"мы используем (?:файлы )?cookie|принять все|نستخدم ملفات تعريف الارتباط|قبول الكل|"
    r"אנו משתמשים בעוגיות|我们使用\s*cookie|接受所有|すべて(?:の cookie を)?(?:受け入れる|同意)",
)
PAYWALL = _any_of(
    r"\b(?:subscribe|sign up|register|log ?in|sign in|join|create an account|"
    r"become a (?:subscriber|member))\b.{0,40}"
    r"\bto (?:continue|keep|finish|read on|unlock|access|read (?:the (?:rest|full)|as many))\b",
    r"\b(?:available|open|limited) (?:only )?to .{0,20}\b(?:members|subscribers) only\b|"
    r"\bmit \w+ weiterlesen\b",
    r"\bto (?:continue|keep) reading\b|\bcontinue reading (?:with|for|by|your)\b|"
    r"\bunlock (?:this|the full|unlimited) (?:article|story|access)\b",
    r"\b(?:article|content|story|post|page|piece) is (?:only |exclusively )?(?:for|available to|"
    r"reserved for|exclusive to|limited to) (?:\w+ ){0,2}(?:subscribers|members)\b",
    r"\bfor (?:paid |paying )?(?:subscribers|members) only\b|\bsubscribers?[- ]only (?:content|"
    r"article)\b|"
    r"\b(?:reached|used) (?:your|the) (?:\w+ ){0,3}limit\b|\bfree articles? (?:left|remaining)\b|"
    r"\bthis post is for pa(?:id|ying) subscribers\b",
    r"\b(?:jetzt )?weiterlesen mit\b|\bnur für (?:\w+ )?abonnent|\bfür (?:\w+-)?abonnent(?:en|"
    r"innen)\b"
    r".{0,30}\b(?:lesbar|verfügbar|reserviert)|\bum (?:den artikel )?weiter ?zu ?lesen\b|"
    r"\bartikel (?:ist|exklusiv) .{0,20}abonnent|\bmit (?:\w+ )?abo (?:weiter)?lesen\b",
    r"\b(?:réservée?|réservés) aux abonnés\b|\bil vous reste .{0,12}de cet article\b|"
    r"\babonnez-vous pour (?:lire|continuer|poursuivre)\b|\bla suite est réservée\b|"
    r"\bpour lire la suite\b",
    r"\b(?:suscríbete|suscríbase|inicia sesión) para (?:seguir|continuar|leer)\b|"
    r"\bexclusivo para (?:suscriptores|assinantes)\b|\b(?:solo|sólo) para suscriptores\b|"
    r"\bassine para (?:continuar|ler)\b|\bconteúdo exclusivo para\b",
    r"\b(?:riservat[oa] agli|solo per gli) abbonati\b|\babbonati per (?:continuare|leggere)\b|"
    r"\balleen voor abonnees\b|\blees verder met\b|\bendast för prenumeranter\b|"
    r"\btylko dla (?:prenumeratorów|subskrybentów)\b",
    r"(?:доступ\w*|материал) (?:только )?(?:для )?подписчик|только для подписчиков|"
    r"оформите подписку,? чтобы|للمشتركين فقط|למנויים בלבד|(?:订阅|登录)后?(?:继续|即可)阅读|"
    r"会員限定(?:の)?(?:記事|コンテンツ)|続きを読むには|구독자 전용",
)
SCRIPT_NEEDED = _any_of(
    r"(?:enable|turn on|allow|activate|requires?|needs?|without|disabled?|support) "
    r".{0,30}javascript|"
    r"javascript .{0,40}(?:required|disabled|enabled?|necessary|not supported|turned off)",
    r"aktivieren sie .{0,20}javascript",
    r"javascript .{0,40}(?:aktivieren|aktiviert|benötigt|deaktiviert)|"
    r"(?:activer|activez|active|habilit\w+|abilit\w+|включите|требуется|فعّ?ل|启用) "
    r".{0,30}javascript",
)
PARKED = _any_of(
    r"\b(?:this |the )?(?:web ?site |premium )?domain(?: name)?\b.{0,60}\b(?:is|may be|might be|"
    r"was)\b.{0,20}"
    r"\b(?:for sale|parked|available|expired|registered (?:at|with|by|through))\b",
    r"\b(?:buy|get|purchase|own|inquire about|make an offer on) this domain\b|\bdomain (?:is "
    r")?for sale\b|"
    r"\brelated searches\b|\bfuture home of\b|\bparked (?:free|domain)\b|\bdomain parking\b",
    r"\bdiese domain\b.{0,40}\b(?:verkauf|kaufen|geparkt|registriert)|\bdomain kaufen\b|"
    r"\b(?:ce (?:nom de )?domaine|este dominio|questo dominio)\b.{0,30}\b(?:à vendre|en venta|in "
    r"vendita)\b",
    r"домен\b.{0,60}(?:прода[её]тся|припаркован|зарегистрирован)|域名.{0,20}(?:出售|转让)",
    r"^welcome to nginx|^apache2? .{0,20}default page|^it works!?$|^test page for|^iis windows|"
    r"^index of /|^default (?:web )?(?:site )?page$|^(?:website|site) coming soon|^under "
    r"construction\W*$|"
    r"^account (?:has been )?suspended$",
)
PARKED_SCRIPTS = re.compile(
    r"(?:^|//|\.)(?:sedoparking|parkingcrew|bodis|parklogic|above|dsnextgen|uniregistry|parking)\.",
    re.IGNORECASE,
)
BOT_SCRIPTS = re.compile(
    r"challenges\.cloudflare\.com|/cdn-cgi/challenge-platform|_Incapsula_Resource|captcha|"
    r"perimeterx|px-cloud|datadome|/_sec/cp_challenge|aws-waf|awswaf",
    re.IGNORECASE,
)
