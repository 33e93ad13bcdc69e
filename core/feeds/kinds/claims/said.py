"""The words by which clients head the columns of a claim feed, as patterns over a heading's plain words."""

from core.feeds.kinds.claims import reporter_headings
from core.feeds.kinds.claims.places import INJURY, PERSON, SITE

REPORT = (
    r"repor|repor[td]\w*|rept\w*|rpt\w*|notice|notif\w*|received|recd|rec d|rcvd|opened|filed|lodged|intake|knowledge|"
    r"told|froi|fnol|reporte|aviso|informe|recepcion"
)
DATE = r"date|dt|day|fecha|on|when|at|datetime|timestamp"
DEATH = r"death|died|deceased|fatality"
NUMBER = r"number|numb|num|no|nbr|nr|id|ref|reference|key|numero|nro|folio"
HOUR = r"time|tm|hour|hora"
_OF_INJURY, _CODE = r"((of|de) )?(injury|inj|injured|loss|accident)", r"(code|cd)"

_NAME_OF = r"name of (the )?"
_TREATING = r"initial|treating|treatment|attending|medical|primary|health ?care"
_CARER = r"physician|doctor|dr|practitioner|health ?care (provider|professional)|urgent care|medico tratante"

# Field, strength of the guess (0 to 100), pattern over the heading's plain words. The strongest pattern counts.
SAID: tuple[tuple[str, int, str], ...] = (
    ("client_claim_number", 100, rf"\b(claim|clm) ?({NUMBER})\b"),
    (
        "client_claim_number",
        80,
        rf"\b(case|file|incident|event|occurrence|report|investigation|accident|loss) ?({NUMBER})\b",
    ),
    (
        "client_claim_number",
        95,
        rf"\b({NUMBER}) (de |del )?(la )?(reclamo|reclamacion|siniestro|caso|expediente|incidente)\b",
    ),
    ("client_claim_number", 60, rf"^(claim|clm|siniestro|reclamo|({NUMBER}))$"),
    ("family_name", 100, r"\b(last|family|sur) ?(name|nm|nam)\b|\b(l ?name|lname|surname|apellidos?)\b"),
    ("family_name", 60, rf"^(({PERSON}) )?(last|las|last na?)$|^({PERSON}) (l|la)$"),
    ("given_name", 100, r"\b(first|given|fore) ?(name|nm|nam)\b|\b(f ?name|fname|forename)\b"),
    ("given_name", 70, r"^nombres?( s)?$"),
    ("given_name", 60, rf"^(({PERSON}) )?(first|firs|fir|first na?)$|^({PERSON}) (f|fi)$"),
    # Both in one column, in either order.
    (
        "full_name",
        150,
        r"\blast( name)?( and)? first( name)?\b|\bfirst( name)?( and)? last( name)?\b|\bnombres? y apellidos?\b",
    ),
    ("full_name", 150, r"\bapellidos? y nombres?\b|\bnombre completo\b"),
    ("full_name", 95, rf"\bnombre (de |del )?(la )?({PERSON})\b"),
    ("full_name", 65, r"^nombres?$"),
    (
        "full_name",
        95,
        rf"\b({PERSON})( s)?( ({PERSON}))*( s)?( full)? ?name\b|\bname of( the)?( injured)? ({PERSON})\b",
    ),
    ("full_name", 80, r"^(full name|name|names|who|who was (hurt|injured))$"),
    ("full_name", 75, rf"^({PERSON})( ({PERSON}))*$"),
    (
        "birth_date",
        100,
        r"^date of bi$|\b(birth|birt|bir|dob|d o b|born|birthday|birthdate|nacimiento|bday)\b|\bfecha( de)? nac\b",
    ),
    ("date_of_death", 100, rf"\b({DATE})\b.*\b({DEATH})\b|\b({DEATH}) ({DATE})\b|^(dod|died|deceased)$"),
    ("date_of_hire", 100, rf"\b({DATE})\b.*\bhired?\b|\bhired? ({DATE})\b|^(hired|doh)$"),
    ("phone", 95, rf"\b({reporter_headings.PHONE})\b"),
    ("email", 95, r"\be ?mail\b|\bcorreo\b"),
    ("language", 95, r"\b(language|lang|idioma|speaks)\b"),
    (
        "preferred_contact",
        100,
        r"\b(pref|prefer\w*|best) (.* )?(contact|method|way|reach)\b|\bcontact (pref|preference|method)\b",
    ),
    ("time_of_injury", 100, rf"\b({HOUR})\b.*\b({INJURY})\b|\b({INJURY})\b.*\b({HOUR})\b|\btoi\b"),
    (
        "date_of_injury",
        100,
        rf"\b({DATE})\b.*\b({INJURY})\b|\b({INJURY})\b ?({DATE})\b|\b(doi|dol|doa|d o [ila])\b|^date of in?$",
    ),
    ("date_of_injury", 60, r"^(event|accident|injury|loss|incident|injured|hurt|when|occurred)$"),
    ("date_of_injury", 100, r"^(inj|loss|los|acc|inc)(dt|dte|date|dtm|dttm)$|^(dt|dte|date)(inj|loss|acc|inc)$"),
    ("time_reported", 100, rf"\b({HOUR})\b.*\b({REPORT})\b|\b({REPORT})\b.*\b({HOUR})\b"),
    ("date_reported", 100, rf"\b({DATE})\b.*\b({REPORT})\b|\b({REPORT})\b.*\b({DATE})\b"),
    ("date_reported", 100, r"^(rpt|rptd|rept|rep|recd|rcvd)(dt|dte|date|dtm|dttm)$"),
    ("date_reported", 85, rf"^(({INJURY}|claim) )?(reported|rptd)$"),
    ("date_reported", 85, r"^(received|notified|notice|opened|dor|first report|fnol|froi)$"),
    ("date_reported", 40, rf"\b(created|entered|added|submitted|logged)\b.*\b({DATE})\b"),
    ("date_reported", 40, rf"\b({DATE})\b.*\b(created|entered|added|submitted|logged)\b"),
    ("date_reported", 40, r"^timestamp$"),
    ("jurisdiction", 100, r"\bjuris\w*\b|\b(benefit|governing|filing) state\b"),
    ("jurisdiction", 90, rf"\bstate\b.*\b({INJURY})\b|\b({INJURY}|site|work|loss) (state|st)\b"),
    ("jurisdiction", 70, r"^(state|st|us state|state code|state cd|estado)$"),
    ("narrative", 150, r"\bdescribe\b.*\b(injur\w*|illness|accident|incident|event|happened|occur\w*)\b"),
    ("narrative", 100, r"\b(narrative|narr|narrativa|what happened|que paso|how .*(happened|occurred))\b"),
    (
        "narrative",
        100,
        r"\b(descri|descrip|descript|descriptio|description|desc|descr|descripcion|relato|summary long)\b",
    ),
    ("narrative", 60, r"\b(summary|details?|comments?|remarks|circumstances|story|notes?|comentarios)\b|^incident$"),
    (
        "body_part",
        100,
        r"\b(body ?parts?|parts? of body|bodypart|pob|injured (body )?part|part injured|body|part of bod?)\b"
        r"|\bpartes? del cuerpo\b",
    ),
    (
        "nature",
        100,
        r"\b(nature|naturaleza)\b|\b(type|kind) of injury\b|\binjury (type|kind|nature)\b|\btipo de lesion\b",
    ),
    ("nature", 80, r"\b(what was the injury|injury or illness|injury illness)\b"),
    ("nature", 60, r"^(injury|diagnosis|injury description short)$"),
    ("cause", 100, r"\b(cause|causa)\b|\bcoi\b"),
    ("part_code", 120, rf"\b(body ?parts?|parts? of body|bodypart|pob|part)( {_OF_INJURY})? {_CODE}\b"),
    ("nature_code", 120, rf"\b(nature|noi)( {_OF_INJURY})? {_CODE}\b"),
    ("cause_code", 120, rf"\b(cause|coi)( {_OF_INJURY})? {_CODE}\b"),
    ("cause", 50, r"\b(event (type|title)|accident type|mechanism|object|substance)\b"),
    ("address", 90, r"\b(address|street|addr|address ?1|direccion|domicilio|calle)\b"),
    ("city", 90, r"\b(city|town|ciudad)\b"),
    ("postal_code", 95, r"\b(zip|zipcode|postal|postcode|post code|zip code)\b"),
    ("injury_state", 80, rf"\bstate\b.*\b({INJURY})\b|\b({INJURY}|{SITE}) (state|st)\b"),
    ("initial_treatment", 90, r"\b(initial|first|type of|kind of|extent of) (medical )?(treatment|care)\b"),
    ("initial_treatment", 90, r"\btreatment (type|given|received|level|code)\b|^(medical )?(treatment|care)( code)?$"),
    ("initial_treatment", 90, r"\btratamiento( inicial)?\b"),
    ("treated_at", 90, rf"^({_NAME_OF})?(({_TREATING}) )?({_CARER})( or .*)?( (full )?name| nm)?$"),
    ("treated_at", 100, r"\b(where|facility where|place where) .*\btreated\b|\btreated (at|by|where)\b"),
    (
        "treated_at",
        100,
        rf"^({_NAME_OF})?({_TREATING}) (facility|hospital|clinic|center|location|place|provider)( name)?$",
    ),
    ("treated_at", 40, r"^(hospital|clinic|provider)( name)?$"),
    ("occupation", 95, r"\b(occupation|ocupacion|puesto)\b|\bjob (title|position|description)\b|\bposition title\b"),
    ("occupation", 70, r"^(job|position|trade|craft|cargo)$"),
    ("lost_time", 95, r"\b(lost|losing|lose|loses) (any )?(work ?)?time\b|\btime lost\b|\blti\b|\btiempo perdido\b"),
    ("lost_time", 70, r"^(number of |total )?(work ?)?(days lost|lost (work ?)?days|lost workdays)$"),
    (
        "last_day_worked",
        100,
        rf"\blast (day|date|dt) (of )?work(ed)?\b|\b({DATE}) last worked\b|\blast worked\b|\bldw\b",
    ),
    ("last_day_worked", 100, rf"\blast work(ed|ing)? ({DATE})\b|\bultimo dia (de trabajo|trabajado|laborado)\b"),
    ("return_to_work", 100, r"\brtw\b|\breturn(ed|ing|s)? (back )?to work\b|\bback to work\b|\bregreso al? trabajo\b"),
    ("modified_duty", 95, r"\b(modified|light|restricted|transitional|alternate) (duty|duties|work)\b"),
    ("emergency", 90, r"^(emergency|emergency flag|urgent|is emergency|life threatening)$"),
)
