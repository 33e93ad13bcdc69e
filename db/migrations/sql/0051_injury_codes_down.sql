create or replace function desk_fields() returns text[] language sql immutable parallel safe
  return array['given_name', 'family_name', 'birth_date', 'phone', 'email', 'address', 'postal_code', 'preferred_contact',
               'language', 'date_of_injury', 'injured_time', 'jurisdiction', 'client_claim_number', 'emergency',
               'injury_place', 'body_part', 'nature', 'cause', 'narrative', 'reporter', 'reporter_phone',
               'representative_kind', 'representative_name', 'representative_firm', 'representative_phone',
               'representative_email', 'representative_permits'];
