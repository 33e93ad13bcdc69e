drop function desk_authorization_turnaround;
drop function desk_authorization_aging;
drop function desk_aging_clients;
drop function desk_aging_group;
drop function desk_clock_left;
drop index authorization_told;
drop index authorization_aging;
