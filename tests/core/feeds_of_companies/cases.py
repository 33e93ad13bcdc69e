"""Feeds as other companies send them, and the fields that their columns hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.rows import RefusedRow
from tests.claim_feeds import mapping_for, read_feed

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class Case(NamedTuple):
    """A feed, the heading of each field that it surely holds, and of each that it may hold."""

    text: str
    columns: Mapping[str, str]
    offers: Mapping[str, str] = {}


OSHA_300 = (
    "Describe injury or illness, parts of body affected, and object/substance that directly injured or made person ill"
    " (e.g. Second degree burns on right forearm from acetylene torch)"
)

CASES = {
    "OSHA 300, a log without dates of report": Case(
        "Case No.,Employee's Name,\"Job Title (e.g., Welder)\",Date of injury or onset of illness,"
        f'Where the event occurred (e.g. Loading dock north end),"{OSHA_300}",Death,Days away from work,'
        "Job transfer or restriction,Away From Work (days),Injury,Skin Disorder\n"
        "1,Ana Núñez,Welder,1/5/2026,Loading dock,Fracture of left wrist when she slipped on ice,,X,,12,X,\n"
        '2,"Roe, Bo",Packer,1/19/2026,Line 4,Cut on right thumb from a box knife while opening a carton,,,,X,X,\n'
        "3,Cy Poe,Driver,2/2/2026,Yard,Back strain from lifting pallets onto a truck by hand,,X,,4,X,\n",
        {
            "client_claim_number": "Case No.", "full_name": "Employee's Name",
            "date_of_injury": "Date of injury or onset of illness", "narrative": OSHA_300,
            "occupation": "Job Title (e.g., Welder)", "injury_place": "Where the event occurred (e.g. Loading dock north end)",
        },
    ),
    "OSHA 301, the preparer's telephone beside the worker's address": Case(
        "Full name,Street,City,State,ZIP,Date of birth,Date hired,Name of physician or other health care professional,"
        "Was employee treated in an emergency room?,Case number from the Log,Date of injury or illness,"
        "Time employee began work,Time of event,What was the employee doing just before the incident occurred?,"
        "What happened? Tell us how the injury occurred.,What was the injury or illness?,"
        'What object or substance directly harmed the employee?,"If the employee died, when did death occur?",'
        "Completed by,Title,Phone,Date\n"
        "Ana Núñez,12 Oak St,Joliet,IL,60431,3/4/1985,5/1/2019,Dr. Poe,No,1,1/5/2026,7:00 AM,9:30 AM,Walking to the dock,"
        "Slipped on ice and fell on the left wrist,Fracture of left wrist,Ice,,Dana Reed,Safety officer,312-555-0107,1/6/2026\n",
        {
            "client_claim_number": "Case number from the Log", "full_name": "Full name", "birth_date": "Date of birth",
            "date_of_injury": "Date of injury or illness", "time_of_injury": "Time of event",
            "narrative": "What happened? Tell us how the injury occurred.", "nature": "What was the injury or illness?",
            "cause": "What object or substance directly harmed the employee?", "reporter": "Completed by",
            "date_of_death": "If the employee died, when did death occur?", "date_of_hire": "Date hired",
            "treated_at": "Name of physician or other health care professional",
        },
        {"phone": "Phone", "jurisdiction": "State", "address": "Street", "city": "City", "postal_code": "ZIP"},
    ),
    "OSHA injury tracking application, cases without names": Case(
        "id,establishment_name,ein,street_address,city,state,zip_code,naics_code,case_number,job_title,date_of_incident,"
        "incident_location,incident_outcome,dafw_num_days,type_of_incident,time_started_work,time_of_incident,time_unknown,"
        "nar_what_happened,nar_injury_illness,nar_object_substance,date_of_death\n"
        "7,Plant A,361234567,1 Mill Rd,Joliet,IL,60431,332710,24-01,Welder,01/05/2026,Dock,2,12,1,07:00,09:30,0,"
        "Slipped on ice and fell on the left wrist,Fracture of left wrist,Ice,\n"
        "8,Plant A,361234567,1 Mill Rd,Joliet,IL,60431,332710,24-02,Packer,01/19/2026,Line 4,4,0,1,06:00,10:15,0,"
        "Knife slipped and cut the right thumb of the packer,Cut on right thumb,Knife,\n",
        {
            "client_claim_number": "case_number", "date_of_death": "date_of_death", "date_of_injury": "date_of_incident", "time_of_injury": "time_of_incident",
            "narrative": "nar_what_happened", "nature": "nar_injury_illness", "cause": "nar_object_substance",
            "injury_place": "incident_location", "occupation": "job_title",
        },
        {"jurisdiction": "state"},
    ),
    "OSHA severe injury reports, the employer's address": Case(
        '"ID","UPA","EventDate","Employer","Address1","City","State","Zip","Final Narrative","Nature","NatureTitle",'
        '"Part of Body","Part of Body Title","Event","EventTitle"\n'
        '"2015010015","931176",1/1/2015,"FCI Otisville","Two Mile Drive","OTISVILLE","NEW YORK","10963","Three guards fell'
        ' onto the right leg of the lieutenant, fracturing his fibula.","111","Fractures","513","Lower leg(s)","1214","Assault"\n'
        '"2015010016","930267",1/1/2015,"Kalahari LLC","171 Progress Drive","LAKE DELTON","WISCONSIN","53940","Employee received'
        ' burns to the back of his legs after the torch exploded.","1522","Burns","519","Leg(s), n.e.c.","317","Ignition"\n',
        {
            "client_claim_number": "ID", "date_of_injury": "EventDate", "narrative": "Final Narrative",
            "nature": "NatureTitle", "body_part": "Part of Body Title", "cause": "EventTitle",
        },
        {"jurisdiction": "State"},
    ),
    "first report of injury by IAIABC's names": Case(
        "EMPLOYEE LAST NAME,EMPLOYEE FIRST NAME,SOCIAL SECURITY NUMBER,EMPLOYEE ADDRESS LINE 1,EMPLOYEE CITY,EMPLOYEE STATE,"
        "EMPLOYEE POSTAL CODE,EMPLOYEE PHONE,EMPLOYEE DATE OF BIRTH,EMPLOYER NAME,EMPLOYER FEIN,EMPLOYER ADDRESS LINE 1,"
        "EMPLOYER CITY,EMPLOYER STATE,EMPLOYER POSTAL CODE,DATE OF INJURY,TIME OF INJURY,ACCIDENT SITE POSTAL CODE,"
        "EMPLOYERS PREMISES INDICATOR,NATURE OF INJURY CODE,PART OF BODY INJURY CODE,CAUSE OF INJURY CODE,"
        "ACCIDENT/INJURY DESCRIPTION NARRATIVE,DATE REPORTED TO EMPLOYER,DATE REPORTED TO CLAIM ADMINISTRATOR,"
        "JURISDICTION CODE,CLAIM ADMINISTRATOR CLAIM NUMBER,EMPLOYEE DATE OF DEATH,EMPLOYEE DATE OF HIRE,WAGE\n"
        "Nunez,Ana,900127001,12 Oak St,Joliet,IL,60431,3125550101,19850304,Acme,361234567,1 Mill Rd,Joliet,IL,60431,20260105,"
        "0930,60432,Y,28,35,30,Slipped on ice,20260105,20260106,IL,WC1001,,20190501,80000\n"
        "Roe,Bo,900127002,4 Elm St,Aurora,IL,60505,3125550102,19900404,Acme,361234567,1 Mill Rd,Joliet,IL,60431,20260119,"
        "1015,60432,Y,40,37,16,Cut thumb,20260119,20260120,IL,WC1002,,20200501,60000\n",
        {
            "family_name": "EMPLOYEE LAST NAME", "given_name": "EMPLOYEE FIRST NAME", "address": "EMPLOYEE ADDRESS LINE 1",
            "city": "EMPLOYEE CITY", "postal_code": "EMPLOYEE POSTAL CODE", "phone": "EMPLOYEE PHONE",
            "birth_date": "EMPLOYEE DATE OF BIRTH", "date_of_injury": "DATE OF INJURY", "time_of_injury": "TIME OF INJURY",
            "injury_postal_code": "ACCIDENT SITE POSTAL CODE", "nature_code": "NATURE OF INJURY CODE",
            "part_code": "PART OF BODY INJURY CODE", "cause_code": "CAUSE OF INJURY CODE",
            "narrative": "ACCIDENT/INJURY DESCRIPTION NARRATIVE", "jurisdiction": "JURISDICTION CODE",
            "client_claim_number": "CLAIM ADMINISTRATOR CLAIM NUMBER",
            "date_of_death": "EMPLOYEE DATE OF DEATH", "date_of_hire": "EMPLOYEE DATE OF HIRE",
        },
        {"date_reported": "DATE REPORTED TO CLAIM ADMINISTRATOR"},
    ),
    "third-party administrator's loss run": Case(
        "Client Name,Location Code,Location Name,Claim #,Claimant Name,SSN,Claim Type,Status,Loss Date,Reported Date,"
        "Closed Date,Loss State,Loss Description,Body Part Code,Body Part Description,Cause Code,Cause Description,"
        "Nature Code,Nature Description,Paid Medical,Total Incurred,Adjuster Name,Adjuster Phone\n"
        'Acme,014,Springfield Plant,WC-1001,"NUNEZ, ANA",900-12-7001,Medical Only,Open,01/05/2026,01/06/2026,,IL,SLIPPED,35,'
        'WRIST,30,SLIP OR FALL,28,FRACTURE,"1,200.00","5,000.00",Lee Poe,312-555-0110\n'
        'Acme,015,Dallas DC,WC-1002,"ROE, BO",900-12-7002,Lost Time,Open,01/19/2026,01/20/2026,,TX,CUT THUMB,37,THUMB,16,'
        "HAND TOOL,40,LACERATION,300.00,900.00,Lee Poe,312-555-0110\n"
        'Acme,016,Reno Warehouse,WC-1003,"POE, CY",900-12-7003,Lost Time,Closed,02/02/2026,02/02/2026,03/01/2026,NV,LIFTED,42,'
        'LOWER BACK,56,LIFTING,52,STRAIN,"2,400.50","3,400.50",Lee Poe,312-555-0110\n',
        {
            "injury_place": "Location Name", "client_claim_number": "Claim #", "full_name": "Claimant Name",
            "date_of_injury": "Loss Date", "date_reported": "Reported Date", "jurisdiction": "Loss State",
            "narrative": "Loss Description", "body_part": "Body Part Description", "cause": "Cause Description",
            "nature": "Nature Description", "part_code": "Body Part Code", "cause_code": "Cause Code",
            "nature_code": "Nature Code",
        },
    ),
    "export of a risk system with the table before each heading": Case(
        "Claim: Claim Number,Claimant: Last Name,Claimant: First Name,Claimant: Home Address,Claimant: City,Claimant: Zip,"
        "Claimant: Mobile Phone,Claimant: Email,Incident: Incident Date,Incident: Incident Time,Incident: Date Reported,"
        "Incident: Location,Incident: Address,Incident: City,Incident: State,Incident: Zip Code,Incident: Description\n"
        "A-1,Núñez,Ana,12 Oak St,Joliet,60431,312-555-0101,ana@example.com,2026-01-05,09:30,2026-01-06,North plant,1 Mill Rd,"
        "Joliet,IL,60432,Slipped on ice\n",
        {
            "client_claim_number": "Claim: Claim Number", "family_name": "Claimant: Last Name",
            "given_name": "Claimant: First Name", "address": "Claimant: Home Address", "city": "Claimant: City",
            "postal_code": "Claimant: Zip", "phone": "Claimant: Mobile Phone", "email": "Claimant: Email",
            "date_of_injury": "Incident: Incident Date", "time_of_injury": "Incident: Incident Time",
            "date_reported": "Incident: Date Reported", "injury_place": "Incident: Location",
            "injury_street": "Incident: Address", "injury_city": "Incident: City", "jurisdiction": "Incident: State",
            "injury_postal_code": "Incident: Zip Code", "narrative": "Incident: Description",
        },
    ),
    "export of a risk system with the state of loss beside the jurisdiction": Case(
        "Claimant Full Name,Date of Loss,Date Reported to TPA,Claim Reported Date,Loss Location,Loss City,Loss State,"
        "Jurisdiction State,Accident Description,Body Part,Claimant Date of Birth,Claimant Language\n"
        "Ana Núñez,1/5/2026,1/6/2026,1/7/2026,North plant,Joliet,IL,IL,Slipped on ice,Wrist,3/4/1985,Spanish\n",
        {
            "full_name": "Claimant Full Name", "date_of_injury": "Date of Loss", "date_reported": "Claim Reported Date",
            "injury_place": "Loss Location", "injury_city": "Loss City", "injury_state": "Loss State",
            "jurisdiction": "Jurisdiction State", "narrative": "Accident Description", "body_part": "Body Part",
            "birth_date": "Claimant Date of Birth", "language": "Claimant Language",
        },
    ),
    "a carrier's columns in capitals and underscores": Case(
        "CLAIM_NUMBER|CLMT_LAST_NM|CLMT_FIRST_NM|LOSS_DT|LOSS_TM|RPT_DT|RPT_TM|JURIS_ST|LOSS_DESC|ACC_ST|ACC_CITY|CAUSE_DESC|"
        "NATURE_DESC|BODY_PART_DESC|CLMT_DOB|CLMT_PHONE|SS_NO\n"
        "A-1|Nunez|Ana|01/05/2026|0930|01/06/2026|0815|IL|Slipped|IL|Joliet|Fall|Fracture|Wrist|03/04/1985|3125550101|900127001\n",
        {
            "client_claim_number": "CLAIM_NUMBER", "family_name": "CLMT_LAST_NM", "given_name": "CLMT_FIRST_NM",
            "date_of_injury": "LOSS_DT", "time_of_injury": "LOSS_TM", "date_reported": "RPT_DT", "time_reported": "RPT_TM",
            "jurisdiction": "JURIS_ST", "narrative": "LOSS_DESC", "injury_state": "ACC_ST", "injury_city": "ACC_CITY",
            "cause": "CAUSE_DESC", "nature": "NATURE_DESC", "body_part": "BODY_PART_DESC", "birth_date": "CLMT_DOB",
            "phone": "CLMT_PHONE",
        },
    ),
    "headings cut to ten letters": Case(
        "CLAIM_NUMB,LAST_NAME,FIRST_NAME,DATE_OF_IN,DATE_REPOR,DATE_OF_BI,DESCRIPTIO,BODY_PART,JURISDICTI,POSTAL_COD\n"
        "A-1,Nunez,Ana,01/05/2026,01/06/2026,03/04/1985,Slipped,Wrist,IL,60431\n",
        {
            "client_claim_number": "CLAIM_NUMB", "family_name": "LAST_NAME", "given_name": "FIRST_NAME",
            "date_of_injury": "DATE_OF_IN", "date_reported": "DATE_REPOR", "birth_date": "DATE_OF_BI",
            "narrative": "DESCRIPTIO", "body_part": "BODY_PART", "jurisdiction": "JURISDICTI",
        },
        {"postal_code": "POSTAL_COD"},
    ),
    "headings cut by the width of their cells": Case(
        "Claim Numb,Employee La,Employee Fir,Date of Inju,Time of Inj,Date Report,Accident Desc,Part of Bod\n"
        "A-1,Nunez,Ana,01/05/2026,9:30 AM,01/06/2026,Slipped,Wrist\n",
        {
            "client_claim_number": "Claim Numb", "family_name": "Employee La", "given_name": "Employee Fir",
            "date_of_injury": "Date of Inju", "time_of_injury": "Time of Inj", "date_reported": "Date Report",
            "narrative": "Accident Desc", "body_part": "Part of Bod",
        },
    ),
    "in Spanish": Case(
        "Número;Nombre y apellidos;Fecha de nacimiento;Teléfono;Fecha del accidente;Hora;Fecha de notificación;Estado;"
        "Descripción;Parte del cuerpo;Lugar del accidente;Domicilio;Código postal\n"
        "A-1;Ana Núñez;04/03/1985;312-555-0101;05/01/2026;09:30;06/01/2026;IL;Resbaló;Muñeca;Planta norte;12 Oak St;60431\n"
        "A-2;Bo Roe;04/04/1990;312-555-0102;19/01/2026;10:15;20/01/2026;IL;Se cortó;Pulgar;Línea 4;4 Elm St;60505\n",
        {
            "client_claim_number": "Número", "full_name": "Nombre y apellidos", "birth_date": "Fecha de nacimiento",
            "phone": "Teléfono", "date_of_injury": "Fecha del accidente", "time_of_injury": "Hora",
            "date_reported": "Fecha de notificación", "jurisdiction": "Estado", "narrative": "Descripción",
            "body_part": "Parte del cuerpo", "injury_place": "Lugar del accidente", "address": "Domicilio",
        },
        {"postal_code": "Código postal"},
    ),
    "in Spanish, family and given name apart": Case(
        "Número de reclamo,Apellidos,Nombre,Número de seguro social,Fecha de la lesión,Fecha de reporte,Causa,Dirección,Ciudad,"
        "Idioma,Correo\n"
        "A-1,Núñez,Ana,900-12-7001,05/01/2026,06/01/2026,Caída,12 Oak St,Joliet,Español,ana@example.com\n",
        {
            "client_claim_number": "Número de reclamo", "family_name": "Apellidos", "given_name": "Nombre",
            "date_of_injury": "Fecha de la lesión", "date_reported": "Fecha de reporte", "cause": "Causa",
            "language": "Idioma", "email": "Correo",
        },
        {"address": "Dirección", "city": "Ciudad"},
    ),
    "in Spanish, with the telephones of others": Case(
        "Folio;Trabajador;Fecha Nac.;Celular;Teléfono de emergencia;Teléfono del cónyuge;Jefe;Teléfono del jefe;Fecha del accidente;"
        "Fecha de recepción;Descripción\n"
        "101;Pérez Gómez, Juan;04/03/1985;312-555-0101;312-555-0150;312-555-0151;Rosa Díaz;312-555-0107;14/10/2026;"
        "14/10/2026 02:10 p. m.;Resbaló\n",
        {
            "client_claim_number": "Folio", "full_name": "Trabajador", "birth_date": "Fecha Nac.", "phone": "Celular",
            "date_of_injury": "Fecha del accidente", "date_reported": "Fecha de recepción", "narrative": "Descripción",
            "reporter": "Jefe", "reporter_phone": "Teléfono del jefe",
            "work_supervisor": "Jefe", "work_supervisor_phone": "Teléfono del jefe",
        },
    ),
    "an online form, filled in by somebody else than the worker": Case(
        "Timestamp,Email Address,Name of person completing this form,Phone number,Name of injured employee,"
        "Employee's phone number,Date of incident,Time of incident,Where did the incident happen?,What happened?\n"
        "10/15/2026 8:05:00,dana@example.com,Dana Reed,312-555-0107,Ana Núñez,312-555-0101,10/14/2026,1:30:00 PM,Dock 3,Slipped\n"
        "10/21/2026 0:05:00,lee@example.com,Lee Poe,312-555-0108,Bo Roe,312-555-0102,10/20/2026,10:45:00 PM,Line 2,Lifted\n",
        {
            "full_name": "Name of injured employee", "phone": "Employee's phone number",
            "date_of_injury": "Date of incident", "time_of_injury": "Time of incident", "narrative": "What happened?",
            "injury_place": "Where did the incident happen?", "reporter": "Name of person completing this form",
        },
        {"email": "Email Address", "date_reported": "Timestamp"},
    ),
    "an online form that asks whoever fills it in": Case(
        "Your name,Your e-mail,Your phone,Injured person,Date of accident,Date you were told of the accident\n"
        "Dana Reed,dana@example.com,312-555-0107,Ana Núñez,10/14/2026,10/15/2026\n",
        {
            "reporter": "Your name", "reporter_phone": "Your phone", "full_name": "Injured person",
            "date_of_injury": "Date of accident", "date_reported": "Date you were told of the accident",
        },
    ),
    "a clinic's visits, with the telephones of those who pay": Case(
        "Patient Name,DOI,Date Received,Guarantor,Guarantor Phone,Insurance Phone,Employer\n"
        "Ana Núñez,10/14/2026,10/17/2026,Acme,312-555-0107,800-555-0110,Acme\n",
        {"full_name": "Patient Name", "date_of_injury": "DOI", "date_reported": "Date Received"},
    ),
    "a telephone of nobody whom one knows": Case(
        "Employee,Dispatcher Phone,DOI,Incident Reported\nAna Núñez,312-555-0107,10/14/2026,10/17/2026\n",
        {"full_name": "Employee", "date_of_injury": "DOI", "date_reported": "Incident Reported"},
        {"phone": "Dispatcher Phone"},
    ),
    "two columns of names under one heading": Case(
        "Name,Title,Name,Title,DOI,Date Reported\nDana Reed,Lead,Ana Núñez,Packer,10/14/2026,10/15/2026\n",
        {"date_of_injury": "DOI", "date_reported": "Date Reported"},
        {"full_name": "Name"},
    ),
    "one column of names twice": Case(
        "Name,DOI,Date Reported,Name\nAna Núñez,10/14/2026,10/15/2026,Ana Núñez\n",
        {"full_name": "Name", "date_of_injury": "DOI", "date_reported": "Date Reported"},
    ),
    "a telephone before whose it is": Case(
        "Phone,Supervisor,Employee,DOI,Date Reported\n312-555-0107,Dana Reed,Ana Núñez,10/14/2026,10/15/2026\n",
        {
            "reporter": "Supervisor", "work_supervisor": "Supervisor", "full_name": "Employee", "date_of_injury": "DOI", "date_reported": "Date Reported",
        },
        {"phone": "Phone"},
    ),
    "first report of injury, what others knew before the injury itself": Case(
        "Date Employer Had Knowledge of the Injury,Date Claim Administrator Had Knowledge of the Injury,"
        "Date accident was reported to supervisor,Date of Injury,Time Injury Reported,Time of Injury,Employee Name\n"
        "20261015,20261016,20261014,20261013,0930,0815,Ana Núñez\n",
        {
            "date_of_injury": "Date of Injury", "time_of_injury": "Time of Injury", "time_reported": "Time Injury Reported",
            "full_name": "Employee Name",
        },
        {"date_reported": "Date Claim Administrator Had Knowledge of the Injury"},
    ),
    "export with the name of the form before each heading": Case(
        "Incident Report: Date of Incident,Incident Report: Incident Time,Incident Report: Date Reported,Incident Report: Employee Name\n"
        "10/14/2026,1:30 PM,10/15/2026,Ana Núñez\n",
        {
            "date_of_injury": "Incident Report: Date of Incident", "time_of_injury": "Incident Report: Incident Time",
            "date_reported": "Incident Report: Date Reported", "full_name": "Incident Report: Employee Name",
        },
    ),
    "a foreman's list, told to others": Case(
        "Last,First,Inj Date,Date Sup Notified,Date Supv Notified,Date Mgr Notified,Date Union Notified\n"
        "Núñez,Ana,10/14/26,10/14/26,10/15/26,10/15/26,10/16/26\n",
        {"family_name": "Last", "given_name": "First", "date_of_injury": "Inj Date"},
        {"date_reported": "Date Sup Notified"},
    ),
    "a statistician's short names": Case(
        "CLMNUM,CLMT_NAME,LOSSDT,RPTDTM,STATE_CD,NARR\n"
        "A1001,ANA NUNEZ,14OCT2026,15OCT2026:08:05:00,IL,SLIPPED\n"
        "A1002,BO ROE,20OCT2026,21OCT2026:00:05:00.000,IL,LIFTED\n",
        {
            "client_claim_number": "CLMNUM", "full_name": "CLMT_NAME", "date_of_injury": "LOSSDT",
            "date_reported": "RPTDTM", "jurisdiction": "STATE_CD", "narrative": "NARR",
        },
    ),
    "the claim's number behind that of an earlier claim, and a family's dates": Case(
        "Prior Claim Number,Claim Number,Dependent Date of Birth,Employee DOB,Spouse Date of Death,Claimant__c,DOL,Rptd,Loss Run Date\n"
        "A-0007,A-1001,5/1/2015,3/4/1985,2/1/2026,Ana Núñez,10/14/2026,10/15/2026,11/20/2026\n",
        {
            "client_claim_number": "Claim Number", "birth_date": "Employee DOB", "full_name": "Claimant__c",
            "date_of_injury": "DOL", "date_reported": "Rptd",
        },
    ),
    "in Spanish, one name": Case(
        "Folio,Nombre,Fecha del accidente,Fecha de aviso\nA-1,Ana Núñez,05/01/2026,06/01/2026\n",
        {
            "client_claim_number": "Folio", "full_name": "Nombre", "date_of_injury": "Fecha del accidente",
            "date_reported": "Fecha de aviso",
        },
    ),
    "a hospital's events, entered and not reported": Case(
        "Event ID,Associate,Associate ID,Facility,Unit,Event Date,Time,Entered Date,Event Type,Brief Summary,Severity,Shift\n"
        'E-1,"Núñez, Ana",E1023,Mercy,ICU,1/5/2026,9:30,1/6/2026,Slip,Slipped on the wet floor of the corridor,Minor,Day\n'
        'E-2,"Roe, Bo",E1024,Mercy,ER,1/19/2026,10:15,1/20/2026,Stick,Stuck by a needle while recapping it,Minor,Night\n',
        {
            "client_claim_number": "Event ID", "full_name": "Associate", "date_of_injury": "Event Date",
            "time_of_injury": "Time", "cause": "Event Type", "narrative": "Brief Summary",
        },
        {"date_reported": "Entered Date"},
    ),
    "a haulier's accidents, without the word for a worker": Case(
        "Unit #,Driver,Terminal,Accident Date,Accident Time,Accident Address,Accident City,Accident St,Accident Zip,Reported,"
        "Reported To,Injury?,Remarks\n"
        "12,Ana Núñez,Joliet,1/5/2026,9:30,I-80 mile 130,Joliet,IL,60431,1/6/2026,Dana Reed,Y,Rear-ended at a light\n",
        {
            "date_of_injury": "Accident Date", "time_of_injury": "Accident Time", "injury_street": "Accident Address",
            "injury_city": "Accident City", "jurisdiction": "Accident St", "injury_postal_code": "Accident Zip",
            "date_reported": "Reported", "narrative": "Remarks",
        },
    ),
    "a school district's list, the place of the injury on the body": Case(
        "Last,First,Address,City,State,Zip,Home Phone,Date of Birth,School,Injury Date,Report Date,Injury Location,Nature,"
        "What Happened\n"
        "Núñez,Ana,12 Oak St,Joliet,IL,60431,312-555-0101,3/4/1985,Elm School,1/5/2026,1/6/2026,Left wrist,Fracture,Slipped\n"
        "Roe,Bo,4 Elm St,Aurora,IL,60505,312-555-0102,3/4/1985,Elm School,1/5/2026,1/6/2026,Right hand,Cut,Knife\n",
        {
            "family_name": "Last", "given_name": "First", "phone": "Home Phone", "birth_date": "Date of Birth",
            "date_of_injury": "Injury Date", "date_reported": "Report Date", "body_part": "Injury Location",
            "nature": "Nature", "narrative": "What Happened",
        },
        {"address": "Address", "city": "City", "jurisdiction": "State", "postal_code": "Zip"},
    ),
    "a staffing agency's placements": Case(
        "Worker Name,Assigned Client,Client Contact,Client Phone,Jobsite Address,Jobsite City,Worker Cell,Worker Home Address,DOI,"
        "Date Notified,Injury,Hire Date,Lost Time?\n"
        "Ana Núñez,Acme,Dana Reed,312-555-0107,1 Mill Rd,Joliet,312-555-0101,12 Oak St,1/5/2026,1/6/2026,Wrist fracture,"
        "5/1/2019,Y\n",
        {
            "full_name": "Worker Name", "reporter": "Client Contact", "reporter_phone": "Client Phone",
            "injury_street": "Jobsite Address", "injury_city": "Jobsite City", "phone": "Worker Cell",
            "address": "Worker Home Address", "date_of_injury": "DOI", "date_reported": "Date Notified", "nature": "Injury",
            "date_of_hire": "Hire Date", "lost_time": "Lost Time?",
        },
    ),
    "a database's short names": Case(
        "claim_id,ee_name,inj_date,rept_date,rept_time,inj_desc,st\nA-1,Ana Núñez,1/5/2026,1/6/2026,08:15,Slipped,IL\n",
        {
            "client_claim_number": "claim_id", "full_name": "ee_name", "date_of_injury": "inj_date",
            "date_reported": "rept_date", "time_reported": "rept_time", "narrative": "inj_desc", "jurisdiction": "st",
        },
    ),
    "a time after each date": Case(
        "Employee Name,Date of Injury,Time,Date Reported,Time\nAna Núñez,1/5/2026,09:30,1/6/2026,08:15\n",
        {
            "full_name": "Employee Name", "date_of_injury": "Date of Injury", "time_of_injury": "Time",
            "date_reported": "Date Reported", "time_reported": "Time (2)",
        },
    ),
    "a time before its date": Case(
        "Time,Date of Injury,Employee,Date Reported\n09:30,1/5/2026,Ana Núñez,1/6/2026\n",
        {
            "time_of_injury": "Time", "date_of_injury": "Date of Injury", "full_name": "Employee",
            "date_reported": "Date Reported",
        },
    ),
    "a time beside no date": Case(
        "Time,Employee,Date of Injury,Date Reported\n09:30,Ana Núñez,1/5/2026,1/6/2026\n",
        {"full_name": "Employee", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"},
        {"time_of_injury": "Time"},
    ),
    "a state fund's list, both names in one column": Case(
        '"Injured Worker Name (Last, First)",Claimant Street Address,Injury County,Date of Accident/Last Exposure,Date Filed,'
        'Manual Class,Diagnosis,Policy No,Risk No,Claim Type\n"Núñez, Ana",12 Oak St,Will,1/5/2026,1/6/2026,3632,Fracture,1,5,MO\n',
        {
            "full_name": "Injured Worker Name (Last, First)", "address": "Claimant Street Address",
            "date_of_injury": "Date of Accident/Last Exposure", "date_reported": "Date Filed", "nature": "Diagnosis",
        },
    ),
    "the day on which the employer was told": Case(
        "Name,DOI,Date Employer Notified,Created On\nAna Núñez,1/5/2026,1/6/2026,1/7/2026\n",
        {"full_name": "Name", "date_of_injury": "DOI"},
        {"date_reported": "Date Employer Notified"},
    ),
    "two telephones, the first beside the employer": Case(
        "Employer,Phone,Employee,Phone,DOI,Date Reported\n"
        "Acme,312-555-0107,Ana Núñez,312-555-0101,1/5/2026,1/6/2026\n",
        {"full_name": "Employee", "phone": "Phone (2)", "date_of_injury": "DOI", "date_reported": "Date Reported"},
    ),
    "two addresses, the first of the plant": Case(
        "Plant,Address,City,Employee,Address,City,DOI,Date Reported\n"
        "North,1 Mill Rd,Joliet,Ana Núñez,12 Oak St,Aurora,1/5/2026,1/6/2026\n",
        {"injury_place": "Plant", "full_name": "Employee", "date_of_injury": "DOI", "date_reported": "Date Reported"},
        {"address": "Address (2)", "city": "City (2)"},
    ),
    "an address of the place only": Case(
        "Employee,DOI,Date Reported,Site,Address,City,Zip\nAna Núñez,1/5/2026,1/6/2026,North plant,1 Mill Rd,Joliet,60431\n",
        {"full_name": "Employee", "date_of_injury": "DOI", "date_reported": "Date Reported", "injury_place": "Site"},
    ),
    "staff numbers where names should be": Case(
        "Claim No,Employee,Date of Injury,Date Reported\nA-1,E1023,1/5/2026,1/6/2026\nA-2,E1024,1/5/2026,1/6/2026\n",
        {"client_claim_number": "Claim No", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"},
    ),
    "members by number": Case(
        "Claim No,MEMBER,Date of Injury,Date Reported\nA-1,Member 1,1/5/2026,1/6/2026\nA-2,Member 2,1/5/2026,1/6/2026\n",
        {"client_claim_number": "Claim No", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"},
    ),
    "sites where names should be": Case(
        "Claim No,Name,Date of Injury,Date Reported\nA-1,Springfield Plant,1/5/2026,1/6/2026\n"
        "A-2,Dallas DC,1/5/2026,1/6/2026\nA-3,Reno Warehouse,1/5/2026,1/6/2026\n",
        {"client_claim_number": "Claim No", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"},
    ),
    "staff numbers and money in the years of dates": Case(
        "Name,Staff No,Reported,Notice,Amount,Date of Injury\nAna Núñez,30025,45321,45300,46000,1/5/2026\n"
        "Bo Roe,30026,45322,45301,46001,1/19/2026\n",
        {"full_name": "Name", "date_of_injury": "Date of Injury"},
    ),
    "a spreadsheet's numbers under dates": Case(
        "Name,Date of Injury,Date Reported,DOB\nAna Núñez,46027,46028,31110\nBo Roe,46041,46042,32967\n",
        {"full_name": "Name", "date_of_injury": "Date of Injury", "date_reported": "Date Reported", "birth_date": "DOB"},
    ),
    "social security numbers under claim numbers": Case(
        "Claim Number,Name,Date of Injury,Date Reported\n900-12-7001,Ana Núñez,1/5/2026,1/6/2026\n"
        "900-12-7002,Bo Roe,1/5/2026,1/6/2026\n",
        {"full_name": "Name", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"},
    ),
    "social security numbers without dashes beside claim numbers": Case(
        "SS#,Claim Number,Name,Date of Injury,Date Reported\n900127001,123456789,Ana Núñez,1/5/2026,1/6/2026\n",
        {
            "client_claim_number": "Claim Number", "full_name": "Name", "date_of_injury": "Date of Injury",
            "date_reported": "Date Reported",
        },
    ),
    "rows counted under a number": Case(
        "No,Name,Date of Injury,Date Reported\n1,Ana Núñez,1/5/2026,1/6/2026\n2,Bo Roe,1/5/2026,1/6/2026\n",
        {"full_name": "Name", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"},
    ),
    "no headings": Case(
        "Column 1,Column 2,Column 3,Column 4,Column 5,Column 6\n"
        'WC-1,"Núñez, Ana",3/4/1985,1/5/2026,1/6/2026,Slipped on ice at the dock and fell on the left wrist\n'
        'WC-2,"Roe, Bo",4/4/1990,1/19/2026,1/20/2026,Cut the right thumb with a box knife while opening a carton\n'
        'WC-3,"Poe, Cy",4/4/1970,2/2/2026,2/2/2026,Felt pain in the lower back while lifting pallets on to a truck\n',
        {},
        {
            "client_claim_number": "Column 1", "full_name": "Column 2", "birth_date": "Column 3",
            "date_of_injury": "Column 4", "date_reported": "Column 5", "narrative": "Column 6",
        },
    ),
    "no headings, names in two columns": Case(
        "A,B,C,D,E,F\nNúñez,Ana,1/5/2026,1/6/2026,312-555-0101,IL\nRoe,Bo,1/19/2026,1/20/2026,312-555-0102,IL\n"
        "Poe,Cy,2/2/2026,2/2/2026,312-555-0103,IL\nLee,Di,2/2/2026,2/2/2026,312-555-0104,TX\n",
        {},
        {
            "family_name": "A", "given_name": "B", "date_of_injury": "C", "date_reported": "D", "phone": "E",
            "jurisdiction": "F",
        },
    ),
    "no headings, days in no order": Case(
        "A,B,C\nAna Núñez,1/5/2026,1/6/2026\nBo Roe,1/19/2026,1/2/2026\nCy Poe,2/2/2026,2/2/2026\n",
        {},
        {"full_name": "A"},
    ),
    "no headings, numbers in the years of dates": Case(
        "A,B,C\nAna Núñez,45321,45322\nBo Roe,45325,45326\nCy Poe,45327,45328\n",
        {},
        {"full_name": "A"},
    ),
}  # fmt: skip


def whys(answer: Accepted) -> dict[str, str]:
    """Return why each element is asked about."""
    return {each.element: each.why for each in answer.questions}


def judged(text: str, mapping: FeedMapping | None = None) -> list[Accepted | RefusedRow]:
    feed = read_feed(text.encode())
    return list(
        judge_all(feed, replace(mapping or mapping_for(feed), date_order="mdy"), timezone="America/Chicago", at=NOW)
    )


def categories(heading: str, values: list[str], rows: int = 1772) -> str:
    told = "".join(f"A-{n},{values[n % len(values)]},1/5/2026,1/6/2026 09:00\n" for n in range(rows))
    return f"Claim No,{heading},Date of Injury,Date Reported\n{told}"
