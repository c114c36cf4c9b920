"""Users, profiles (people and brands), follows, organizations, memberships, addresses."""
