drop trigger disclosed on referral_confirmation;
drop function desk_referral_disclosed;
