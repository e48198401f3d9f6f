from chassis.process import main
from services.plaatsing.service import SERVICE

main(SERVICE)
